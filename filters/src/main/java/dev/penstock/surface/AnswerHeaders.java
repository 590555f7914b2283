package dev.penstock.surface;

import dev.penstock.exchange.Allowance;
import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Trail;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.springframework.http.HttpHeaders;

/** The response headers of every surface (CONTRACT section 2), as far as they are known when the response begins. */
final class AnswerHeaders {

    static final String CONFIG = "x-penstock-config";

    private static final AsciiString ID = AsciiString.cached(RequestIds.HEADER);
    private static final AsciiString CONFIG_NAME = AsciiString.cached(CONFIG);
    private static final AsciiString CACHE = AsciiString.cached("x-penstock-cache");
    private static final AsciiString ATTEMPTS = AsciiString.cached("x-penstock-attempts");
    private static final AsciiString PROVIDER = AsciiString.cached("x-penstock-provider");
    private static final AsciiString MODEL = AsciiString.cached("x-penstock-model");
    private static final AsciiString CAPPED = AsciiString.cached("x-penstock-capped");
    private static final AsciiString COST = AsciiString.cached("x-penstock-cost-usd");
    private static final AsciiString IGNORED = AsciiString.cached("x-penstock-ignored");
    private static final AsciiString TIMING = AsciiString.cached("server-timing");
    private static final AsciiString[] LIMIT = ofEachKind("x-ratelimit-limit-");
    private static final AsciiString[] REMAINING = ofEachKind("x-ratelimit-remaining-");
    private static final AsciiString[] RESET = ofEachKind("x-ratelimit-reset-");

    private static final double NANOS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);

    private final LongSupplier nanos;

    AnswerHeaders(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** {@code streams}: what the request will have cost is not known yet. */
    void write(LlmExchange exchange, boolean streams, HeaderSink to) {
        Trail trail = exchange.trail();
        to.set(ID, exchange.id());
        to.set(CONFIG_NAME, exchange.settings().hash());
        to.set(CACHE, "bypass");
        to.set(ATTEMPTS, Integer.toString(trail.sent()));
        Attempt served = trail.served().orElse(null);
        if (served != null) {
            served(served, to);
        }
        OptionalLong cost = streams ? OptionalLong.empty() : trail.cost();
        if (cost.isPresent()) {
            to.set(COST, Usd.of(cost.getAsLong()));
        }
        for (Allowance left : trail.allowances()) {
            int kind = left.of().ordinal();
            to.set(LIMIT[kind], Long.toString(left.limit()));
            to.set(REMAINING[kind], Long.toString(left.remaining()));
            to.set(RESET[kind], Resets.of(left.reset()));
        }
        Set<String> ignored = trail.ignored();
        if (!ignored.isEmpty()) {
            to.set(IGNORED, printable(String.join(", ", new TreeSet<>(ignored))));
        }
        to.set(TIMING, timing(exchange, trail));
    }

    private static void served(Attempt served, HeaderSink to) {
        to.set(PROVIDER, served.provider());
        to.set(MODEL, printable(served.answeredModel()));
        if (served.capped() > 0) {
            to.set(CAPPED, Integer.toString(served.capped()));
        }
    }

    static void stream(HttpHeaders to) {
        to.set(HttpHeaders.CACHE_CONTROL, "no-cache");
        to.set("x-accel-buffering", "no");
    }

    static void comeBack(Duration after, HttpHeaders to) {
        long millis = Math.max(1, after.toMillis());
        to.set(HttpHeaders.RETRY_AFTER, Long.toString((millis + 999) / 1000));
        to.set("retry-after-ms", Long.toString(millis));
    }

    /** {@code gateway} is what the request took without the time that upstreams were waited for. */
    private String timing(LlmExchange exchange, Trail trail) {
        double total = (nanos.getAsLong() - exchange.beganNanos()) / NANOS_PER_MS;
        double upstream = 0;
        for (Attempt attempt : trail.attempts()) {
            upstream += waited(attempt) / NANOS_PER_MS;
        }
        return "gateway;dur=" + hundredths(Math.max(0, total - upstream)) + ", upstream;dur=" + hundredths(upstream);
    }

    private static long waited(Attempt attempt) {
        Duration first = attempt.firstEvent().orElse(null);
        if (first != null) {
            return first.toNanos();
        }
        Attempt.End end = attempt.end().orElse(null);
        return end == null ? 0 : end.took().toNanos();
    }

    private static String hundredths(double millis) {
        long number = Math.round(millis * 100);
        long rest = number % 100;
        return number / 100 + (rest < 10 ? ".0" : ".") + rest;
    }

    /** A provider's own words in a header: nothing but visible ASCII. */
    private static String printable(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) >= 127) {
                return value.replaceAll("[^ -~]", "?");
            }
        }
        return value;
    }

    private static AsciiString[] ofEachKind(String prefix) {
        return Arrays.stream(Allowance.Kind.values())
                .map(kind -> AsciiString.cached(prefix + kind.wire()))
                .toArray(AsciiString[]::new);
    }
}
