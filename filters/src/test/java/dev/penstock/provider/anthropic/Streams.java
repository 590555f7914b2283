package dev.penstock.provider.anthropic;

import dev.penstock.core.Delta;
import dev.penstock.core.FinishReason;
import dev.penstock.core.Usage;
import dev.penstock.provider.Frame;
import dev.penstock.provider.Frames;
import dev.penstock.provider.StreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Plays stream bytes to readers, cut into pieces of one size, and puts what they tell together again. */
final class Streams {

    private Streams() {}

    /** What a stream said, put together. */
    record Folded(
            String text, String reasoning, List<String> calls, FinishReason finish, Usage usage, boolean complete) {}

    static List<Frame> frames(byte[] bytes, int size) {
        List<Frame> all = new ArrayList<>();
        Frames frames = Requests.DIALECT.frames();
        for (int at = 0; at < bytes.length; at += size) {
            frames.feed(ByteBuffer.wrap(bytes, at, Math.min(size, bytes.length - at)), all::add);
        }
        return all;
    }

    static List<Delta> deltas(StreamReader reader, List<Frame> frames) {
        List<Delta> all = new ArrayList<>();
        frames.forEach(frame -> reader.read(frame, all::add));
        return all;
    }

    /** Frames of events given as JSON with single quotes; the event name is the JSON's type. */
    static List<Frame> events(String... events) {
        List<Frame> all = new ArrayList<>();
        for (String event : events) {
            String name = Requests.json(event).path("type").asString("");
            all.add(new Frame(name, event.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        }
        return all;
    }

    static Folded fold(List<Delta> deltas, boolean complete) {
        StringBuilder text = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        List<String> calls = new ArrayList<>();
        FinishReason finish = null;
        Usage usage = null;
        for (Delta delta : deltas) {
            if (delta instanceof Delta.Text it) {
                text.append(it.text());
            } else if (delta instanceof Delta.Reasoning it) {
                reasoning.append(it.text());
            } else if (delta instanceof Delta.ToolStart it) {
                calls.add(it.call(), it.name() + " ");
            } else if (delta instanceof Delta.ToolArguments it) {
                calls.set(it.call(), calls.get(it.call()) + it.fragment());
            } else if (delta instanceof Delta.Finish it) {
                finish = it.reason();
            } else if (delta instanceof Delta.Tokens it) {
                usage = it.usage();
            }
        }
        return new Folded(text.toString(), reasoning.toString(), calls, finish, usage, complete);
    }
}
