package dev.penstock.upstream;

import dev.penstock.core.GatewayException;
import dev.penstock.exchange.LlmExchange;
import java.time.Duration;

/** What is left of the time that the caller allows by {@code x-penstock-timeout}; without the header, no limit. */
record RequestTime(Time time, long end) {

    private static final String HEADER = "x-penstock-timeout";
    private static final long NO_LIMIT = Long.MAX_VALUE;

    /** Begins with a request's first call; further ones of the same request get what is left. */
    static RequestTime of(LlmExchange exchange, Time time) {
        String text = exchange.request().getHeaders().getFirst(HEADER);
        if (text == null) {
            return new RequestTime(time, NO_LIMIT);
        }
        long began = exchange.callingSince(time.nanos());
        return new RequestTime(time, began + parsed(text).toNanos());
    }

    /** {@code 1500ms}, {@code 2s}, {@code 1m}; a bare number is seconds. */
    private static Duration parsed(String text) {
        String unit = text.replaceFirst("^\\d{1,7}", "");
        String digits = text.substring(0, text.length() - unit.length());
        if (digits.isEmpty()) {
            throw wrong();
        }
        long number = Long.parseLong(digits);
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "", "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> throw wrong();
        };
    }

    private static GatewayException wrong() {
        return GatewayException.invalid(HEADER, "is no duration", "a whole number with ms, s or m");
    }

    boolean isOver() {
        return end != NO_LIMIT && end - time.nanos().getAsLong() <= 0;
    }

    boolean allows(Duration wait) {
        return end == NO_LIMIT || end - time.nanos().getAsLong() > wait.toNanos();
    }

    /** The shorter of the provider's own limit and what is left: the header can only shorten. */
    Duration within(Duration limit) {
        if (end == NO_LIMIT) {
            return limit;
        }
        Duration left = Duration.ofNanos(Math.max(1, end - time.nanos().getAsLong()));
        return left.compareTo(limit) < 0 ? left : limit;
    }
}
