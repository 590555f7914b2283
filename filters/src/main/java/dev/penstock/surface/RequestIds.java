package dev.penstock.surface;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Request ids: the caller's where it is a plain word, else one of our own. */
final class RequestIds {

    static final String HEADER = "x-request-id";

    private static final int LONGEST = 128;
    private static final int BYTES = 16;
    private static final byte[] PREFIX = "req_".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

    private final RandomGenerator random;

    RequestIds(RandomGenerator random) {
        this.random = random;
    }

    String of(ServerHttpRequest request) {
        String given = request.getHeaders().getFirst(HEADER);
        return given != null && isPlain(given) ? given : make();
    }

    private String make() {
        byte[] drawn = new byte[BYTES];
        random.nextBytes(drawn);
        byte[] id = Arrays.copyOf(PREFIX, PREFIX.length + 2 * BYTES);
        int at = PREFIX.length;
        for (byte each : drawn) {
            id[at++] = DIGITS[each >> 4 & 0xf];
            id[at++] = DIGITS[each & 0xf];
        }
        return new String(id, StandardCharsets.ISO_8859_1);
    }

    /** Letters, digits and {@code . _ : -}, at most 128 of them: nothing that a log or header could be broken with. */
    private static boolean isPlain(String id) {
        if (id.isEmpty() || id.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            if (!isPlain(id.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c) {
        return (c >= '0' && c <= '9')
                || (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || c == '.'
                || c == '_'
                || c == ':'
                || c == '-';
    }
}
