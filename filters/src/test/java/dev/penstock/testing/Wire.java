package dev.penstock.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** HTTP/1.1 heads and bodies, read one byte at a time from a buffered stream. */
final class Wire {

    private Wire() {}

    /**
     * A line without its end.
     *
     * @throws EOFException when the stream ends first
     */
    static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("connection ended inside a line");
            }
            line.write(next);
        }
        String text = line.toString(ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** Headers by lower-case name, up to and with the empty line. */
    static Map<String, List<String>> headers(InputStream in) throws IOException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            String name = line.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            headers.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        }
        return headers;
    }

    static boolean chunked(Map<String, List<String>> headers) {
        return headers.getOrDefault("transfer-encoding", List.of()).stream().anyMatch("chunked"::equalsIgnoreCase);
    }

    /** The length that the headers tell, or {@code otherwise}. */
    static long length(Map<String, List<String>> headers, long otherwise) {
        List<String> values = headers.getOrDefault("content-length", List.of());
        return values.isEmpty() ? otherwise : Long.parseLong(values.get(0));
    }
}
