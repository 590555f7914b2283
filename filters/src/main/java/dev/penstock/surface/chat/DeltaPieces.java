package dev.penstock.surface.chat;

import dev.penstock.core.Json;
import dev.penstock.exchange.Channel;
import tools.jackson.databind.node.ObjectNode;

/** Writes a choice that says a piece of one text, where {@link DeltaTexts} would find it. */
final class DeltaPieces {

    private DeltaPieces() {}

    static void write(ObjectNode choice, Channel channel, String text) {
        if (channel.member().equals(DeltaTexts.TEXT)) {
            choice.put(DeltaTexts.TEXT, text);
        } else if (channel.call() == Channel.WHOLE) {
            path(choice, channel.member().split("\\."), text);
        } else {
            delta(choice.putObject("delta"), channel, text);
        }
    }

    /** Of lists, one item. */
    private static void path(ObjectNode choice, String[] names, String text) {
        ObjectNode at = choice;
        for (int i = 0; i < names.length - 1; i++) {
            int list = names[i].indexOf('[');
            at = list < 0
                    ? at.putObject(names[i])
                    : at.putArray(names[i].substring(0, list)).addObject();
        }
        at.put(names[names.length - 1], text);
    }

    private static void delta(ObjectNode delta, Channel channel, String text) {
        switch (channel.member()) {
            case DeltaTexts.DETAILS -> delta.putArray(DeltaTexts.DETAILS).add(ChatReasoning.text(text, channel.call()));
            case DeltaTexts.SUMMARIES ->
                delta.putArray(DeltaTexts.DETAILS)
                        .addObject()
                        .put("type", "reasoning.summary")
                        .put("summary", text)
                        .put("index", channel.call());
            case DeltaTexts.THOUGHTS ->
                part(delta, "thinking").putArray("thinking").add(text(text));
            case DeltaTexts.AUDIO -> delta.putObject(DeltaTexts.AUDIO).put(DeltaTexts.TRANSCRIPT, text);
            case DeltaTexts.CALLS -> call(delta, channel).putObject("function").put(DeltaTexts.ARGUMENTS, text);
            case DeltaTexts.CUSTOM -> call(delta, channel).putObject("custom").put("input", text);
            case DeltaTexts.CALL -> delta.putObject(DeltaTexts.CALL).put(DeltaTexts.ARGUMENTS, text);
            default -> delta.put(channel.member(), text);
        }
    }

    private static ObjectNode call(ObjectNode delta, Channel channel) {
        return delta.putArray(DeltaTexts.CALLS).addObject().put("index", channel.call());
    }

    private static ObjectNode part(ObjectNode delta, String type) {
        return delta.putArray(DeltaTexts.CONTENT).addObject().put("type", type);
    }

    private static ObjectNode text(String text) {
        return Json.object().put("type", "text").put("text", text);
    }
}
