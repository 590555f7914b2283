package dev.penstock.provider.mock;

import java.time.Duration;

/**
 * What routes.yml says about the mock.
 *
 * @param latency before the head; an eighth of it passes between the tokens of a stream
 * @param errorRate the share of calls, 0 to 1, that are answered 503
 */
public record MockOptions(Duration latency, double errorRate) {}
