package dev.penstock.upstream;

import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/**
 * Which headers pass, by name; every other one stays where it is. Callers' credentials, cookies, {@code x-penstock-*} and trace
 * context never leave, providers' cookies, account ids and limits never come down.
 */
final class HeaderLists {

    private static final List<String> UP = List.of("idempotency-key");
    private static final List<String> DOWN = List.of("openai-processing-ms", "openai-version");

    private HeaderLists() {}

    /** Adds what may pass from the caller's headers. */
    static void up(HttpHeaders from, Map<String, String> to) {
        for (String name : UP) {
            String value = from.getFirst(name);
            if (value != null) {
                to.put(name, value);
            }
        }
    }

    /** Adds what may pass from the provider's headers. */
    static void down(Map<String, String> from, HttpHeaders to) {
        for (String name : DOWN) {
            String value = from.get(name);
            if (value != null) {
                to.set(name, value);
            }
        }
    }
}
