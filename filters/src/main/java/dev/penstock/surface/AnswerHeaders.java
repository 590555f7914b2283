package dev.penstock.surface;

import dev.penstock.exchange.Allowance;
import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Trail;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.springframework.http.HttpHeaders;

/** The response headers of every surface (CONTRACT section 2), as far as they are known when the response begins. */
final class AnswerHeaders {

    static final String CONFIG = "x-penstock-config";

    private static final double NANOS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);

    private final LongSupplier nanos;

    AnswerHeaders(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** {@code streams}: what the request will have cost is not known yet. */
    void write(LlmExchange exchange, boolean streams, HttpHeaders to) {
        Trail trail = exchange.trail();
        to.set(RequestIds.HEADER, exchange.id());
        to.set(CONFIG, exchange.settings().hash());
        to.set("x-penstock-cache", "bypass");
        to.set("x-penstock-attempts", Integer.toString(trail.sent()));
        trail.served().ifPresent(served -> {
            to.set("x-penstock-provider", served.provider());
            to.set("x-penstock-model", printable(served.answeredModel()));
            if (served.capped() > 0) {
                to.set("x-penstock-capped", Integer.toString(served.capped()));
            }
        });
        if (!streams) {
            trail.cost().ifPresent(nanoUsd -> to.set("x-penstock-cost-usd", Usd.of(nanoUsd)));
        }
        for (Allowance left : trail.allowances()) {
            to.set("x-ratelimit-limit-" + left.of().wire(), Long.toString(left.limit()));
            to.set("x-ratelimit-remaining-" + left.of().wire(), Long.toString(left.remaining()));
            to.set("x-ratelimit-reset-" + left.of().wire(), Resets.of(left.reset()));
        }
        if (!trail.ignored().isEmpty()) {
            to.set("x-penstock-ignored", printable(String.join(", ", new TreeSet<>(trail.ignored()))));
        }
        to.set("server-timing", timing(exchange, trail));
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
            Optional<Duration> took =
                    attempt.firstEvent().or(() -> attempt.end().map(Attempt.End::took));
            upstream += took.map(Duration::toNanos).orElse(0L) / NANOS_PER_MS;
        }
        return "gateway;dur=" + hundredths(Math.max(0, total - upstream)) + ", upstream;dur=" + hundredths(upstream);
    }

    private static String hundredths(double millis) {
        long number = Math.round(millis * 100);
        long rest = number % 100;
        return number / 100 + (rest < 10 ? ".0" : ".") + rest;
    }

    /** A provider's own words in a header: nothing but visible ASCII. */
    private static String printable(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c < 127) ? value : value.replaceAll("[^ -~]", "?");
    }
}
