package dev.penstock.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events off a body, one at a time and not a byte further. */
final class EventInput {

    private final InputStream body;

    EventInput(InputStream body) {
        this.body = body;
    }

    /** The next event or comment block; null at the body's end, where an unfinished one is dropped. */
    @Nullable
    RawEvent next() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(); line != null; line = line()) {
            if (!line.isEmpty()) {
                lines.add(line);
            } else if (!lines.isEmpty()) {
                return new RawEvent(values(lines, "event:"), values(lines, "data:"), values(lines, ":"));
            }
        }
        return null;
    }

    private @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = body.read(); next >= 0; next = body.read()) {
            if (next == '\n') {
                String text = line.toString(UTF_8);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            line.write(next);
        }
        return null;
    }

    private static String values(List<String> lines, String prefix) {
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .map(value -> value.startsWith(" ") ? value.substring(1) : value)
                .collect(Collectors.joining("\n"));
    }
}
