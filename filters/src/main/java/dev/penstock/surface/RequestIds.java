package dev.penstock.surface;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Request ids: the caller's where it is a plain word, else one of our own. */
final class RequestIds {

    static final String HEADER = "x-request-id";

    private static final int LONGEST = 128;

    private final RandomGenerator random;

    RequestIds(RandomGenerator random) {
        this.random = random;
    }

    String of(ServerHttpRequest request) {
        return Optional.ofNullable(request.getHeaders().getFirst(HEADER))
                .filter(RequestIds::isPlain)
                .orElseGet(this::make);
    }

    private String make() {
        return "req_" + hex(random.nextLong()) + hex(random.nextLong());
    }

    private static String hex(long bits) {
        String digits = Long.toHexString(bits);
        return "0".repeat(16 - digits.length()) + digits;
    }

    /** Letters, digits and {@code . _ : -}, at most 128 of them: nothing that a log or header could be broken with. */
    private static boolean isPlain(String id) {
        if (id.isEmpty() || id.length() > LONGEST) {
            return false;
        }
        return id.chars()
                .allMatch(c -> (c >= '0' && c <= '9')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= 'a' && c <= 'z')
                        || c == '.'
                        || c == '_'
                        || c == ':'
                        || c == '-');
    }
}
