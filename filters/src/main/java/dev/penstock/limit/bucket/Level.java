package dev.penstock.limit.bucket;

import java.time.Duration;

/**
 * How a limit stands.
 *
 * @param remaining what can be had now, never below zero
 * @param reset until all of it can be had again; zero when it can now, and for {@link Rule.Measure#CONCURRENT}
 */
public record Level(Rule rule, String subject, long remaining, Duration reset) {}
