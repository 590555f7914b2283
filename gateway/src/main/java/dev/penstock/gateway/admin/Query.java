package dev.penstock.gateway.admin;

import dev.penstock.core.GatewayException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.web.reactive.function.server.ServerRequest;

/** The parameters of an administrator's question; what cannot be read is refused by name. */
record Query(ServerRequest request) {

    String word(String name) {
        return request.queryParam(name).orElse("").trim();
    }

    /** An instant such as {@code 2026-11-25T10:00:00Z}, or a day, which begins at midnight UTC. */
    Instant instant(String name, Instant otherwise) {
        return instant(name, word(name), otherwise);
    }

    static Instant instant(String name, String text, Instant otherwise) {
        try {
            if (text.isEmpty()) {
                return otherwise;
            }
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeParseException wrong) {
            throw GatewayException.invalid(name, "is no time", "2026-11-25 or 2026-11-25T10:00:00Z");
        }
    }

    int number(String name, int otherwise, int most) {
        String text = word(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("[1-9]\\d{0,5}") || Integer.parseInt(text) > most) {
            throw GatewayException.invalid(name, "is out of range", "1 to " + most);
        }
        return Integer.parseInt(text);
    }

    /** {@code 1h}, {@code 6h}, {@code 1d}. */
    Duration hours(String name, Duration otherwise) {
        String text = word(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("[1-9]\\d{0,3}[hd]")) {
            throw GatewayException.invalid(name, "is no step", "hours or days, such as 1h or 1d");
        }
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        return text.endsWith("h") ? Duration.ofHours(number) : Duration.ofDays(number);
    }

    /** Several words of a closed list, separated by commas. */
    <E extends Enum<E>> List<E> words(String name, Class<E> type, List<E> otherwise) {
        String text = word(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        return Arrays.stream(text.split(","))
                .map(word -> one(name, type, word.trim()))
                .toList();
    }

    private static <E extends Enum<E>> E one(String name, Class<E> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> GatewayException.invalid(
                        name,
                        "is another word",
                        "some of " + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT)));
    }
}
