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

    private static void path(ObjectNode choice, String[] names, String text) {
        ObjectNode at = choice;
        for (int i = 0; i < names.length - 1; i++) {
            int list = names[i].indexOf('[');
            at = list < 0 ? at.putObject(names[i]) : item(at, names[i], list, names[i + 1]);
        }
        at.put(names[names.length - 1], text);
    }

    /** Of a list one item, with what says which one it is, or what. */
    private static ObjectNode item(ObjectNode owner, String name, int bracket, String next) {
        String list = name.substring(0, bracket);
        ObjectNode item = owner.putArray(list).addObject();
        return switch (list) {
            case DeltaTexts.CALLS, DeltaTexts.DETAILS ->
                item.put("index", Integer.parseInt(name.substring(bracket + 1, name.length() - 1)));
            case DeltaTexts.CONTENT, "thinking" -> item.put("type", next.startsWith("thinking") ? "thinking" : next);
            default -> item;
        };
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
