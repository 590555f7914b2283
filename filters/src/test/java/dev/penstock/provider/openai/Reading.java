package dev.penstock.provider.openai;

import dev.penstock.core.Delta;
import dev.penstock.core.FinishReason;
import dev.penstock.core.Usage;
import dev.penstock.provider.Frame;
import dev.penstock.provider.SseFrames;
import dev.penstock.provider.StreamFailure;
import dev.penstock.provider.StreamReader;
import dev.penstock.provider.StreamScanner;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a stream says when its bytes arrive in pieces of a given size: the deltas, folded, and what the scanner saw. */
record Reading(
        String text,
        String reasoning,
        List<String> calls,
        @Nullable FinishReason finish,
        @Nullable Usage usage,
        boolean complete,
        boolean failed,
        List<StreamScanner.Sight> sights,
        @Nullable Usage scanned) {

    static Reading of(String body, int size) {
        Fold fold = new Fold();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        SseFrames frames = new SseFrames();
        for (int at = 0; at < bytes.length; at += size) {
            frames.feed(ByteBuffer.wrap(bytes, at, Math.min(size, bytes.length - at)), fold::take);
        }
        return fold.reading();
    }

    /** Deltas of choice 0 as one answer. */
    private static final class Fold {
        private final StreamReader reader = new OpenAiStream();
        private final StreamScanner scanner = new OpenAiScanner();
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder reasoning = new StringBuilder();
        private final List<String> names = new ArrayList<>();
        private final List<StringBuilder> arguments = new ArrayList<>();
        private final List<StreamScanner.Sight> sights = new ArrayList<>();
        private @Nullable FinishReason finish;
        private @Nullable Usage usage;
        private boolean failed;

        void take(Frame frame) {
            try {
                reader.read(frame, this::add);
            } catch (StreamFailure failure) {
                failed = true;
            }
            try {
                sights.add(scanner.look(frame));
            } catch (StreamFailure failure) {
                sights.add(StreamScanner.Sight.END);
            }
        }

        void add(Delta delta) {
            if (delta instanceof Delta.Text it && it.choice() == 0) {
                text.append(it.text());
            } else if (delta instanceof Delta.Reasoning it && it.choice() == 0) {
                reasoning.append(it.text());
            } else if (delta instanceof Delta.ToolStart it && it.choice() == 0) {
                names.add(it.name());
                arguments.add(new StringBuilder());
            } else if (delta instanceof Delta.ToolArguments it && it.choice() == 0) {
                arguments.get(it.call()).append(it.fragment());
            } else if (delta instanceof Delta.Finish it && it.choice() == 0) {
                finish = it.reason();
            } else if (delta instanceof Delta.Tokens it) {
                usage = it.usage();
            }
        }

        Reading reading() {
            List<String> calls = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                calls.add(names.get(i) + " " + arguments.get(i));
            }
            boolean complete = reader.complete() && scanner.complete();
            return new Reading(
                    text.toString(),
                    reasoning.toString(),
                    calls,
                    finish,
                    usage,
                    complete,
                    failed,
                    sights,
                    scanner.usage());
        }
    }
}
