package dev.penstock.routes.check;

import dev.penstock.routes.bind.Names;
import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import dev.penstock.upstream.HealthCheckConfig;
import dev.penstock.upstream.ProviderConfig;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Checks one entry of {@code providers:}. */
final class ProviderChecks {

    private static final List<String> DIALECTS = List.of("openai", "anthropic", "mock");
    private static final Set<String> LATER =
            Set.of("gemini", "vertex", "azure-openai", "bedrock", "mistral", "cohere", "ollama", "cassette");

    /** The breaker keeps one entry for each. */
    private static final int LARGEST_WINDOW = 100_000;

    private static final List<Rule<ProviderConfig>> RULES = List.of(
            Rule.within("timeout.connect", it -> it.timeout().connect(), Duration.ofDays(1), "more than 0, at most 1d"),
            Rule.positive("timeout.first-byte", it -> it.timeout().firstByte()),
            Rule.positive("timeout.idle", it -> it.timeout().idle()),
            Rule.positive("timeout.total", it -> it.timeout().total()),
            Rule.within("retry.attempts", it -> it.retry().attempts(), 0, 10),
            Rule.positive("retry.backoff", it -> it.retry().backoff()),
            Rule.positive("retry.max-backoff", it -> it.retry().maxBackoff()),
            Rule.within("breaker.failure-rate", it -> it.breaker().failureRate(), 1, 100),
            Rule.within("breaker.slow-rate", it -> it.breaker().slowRate(), 1, 100),
            Rule.positive("breaker.slow-after", it -> it.breaker().slowAfter()),
            Rule.within("breaker.window", it -> it.breaker().window(), 1, LARGEST_WINDOW),
            Rule.within("breaker.minimum", it -> it.breaker().minimum(), 1, LARGEST_WINDOW),
            Rule.positive("breaker.open-for", it -> it.breaker().openFor()),
            Rule.within("probe.calls-per-day", it -> it.probe().callsPerDay(), 0, 1_000),
            new Rule<>(
                    "health-check.every",
                    it -> isWithin(it, check -> check.every(), Duration.ofSeconds(1), Duration.ofDays(1)),
                    "1s to 1d"),
            new Rule<>(
                    "health-check.timeout",
                    it -> isWithin(it, check -> check.timeout(), Duration.ofMillis(1), Duration.ofMinutes(1)),
                    "1ms to 1m"),
            new Rule<>(
                    "health-check.failures",
                    it -> it.healthCheck()
                            .filter(check -> check.failures() < 1 || check.failures() > 100)
                            .isEmpty(),
                    "1 to 100"),
            new Rule<>(
                    "probe.model",
                    it -> it.probe().model().filter(String::isBlank).isEmpty(),
                    "the name of a model of this provider"),
            Rule.atLeast("concurrency", ProviderConfig::concurrency, 1),
            Rule.within("error-rate", ProviderConfig::errorRate, 0, 1),
            new Rule<>("enabled", it -> !it.enabled().isEmpty(), "true, false or a list of those"));

    private final Problems problems;

    ProviderChecks(Problems problems) {
        this.problems = problems;
    }

    void check(ProviderConfig provider, Tree at) {
        if (!dialect(provider, at)) {
            return;
        }
        Rule.check(RULES, provider, at, problems);
        new HeaderChecks(problems, "the provider").check(provider.headers(), at.nearest("headers"));
        new KeyChecks(problems).check(provider, at);
        if (provider.dialect().equals("mock")) {
            unused(at, "health-check", "a provider that is not in process");
            unused(at, "base-url", "nothing: dialect mock has no address");
            return;
        }
        unused(at, "latency", "dialect mock beside it");
        unused(at, "error-rate", "dialect mock beside it");
        new AddressChecks(problems).check(provider, at);
    }

    private static boolean isWithin(
            ProviderConfig provider, Function<HealthCheckConfig, Duration> part, Duration least, Duration most) {
        return provider.healthCheck()
                .map(part)
                .filter(time -> time.compareTo(least) < 0 || time.compareTo(most) > 0)
                .isEmpty();
    }

    private boolean dialect(ProviderConfig provider, Tree at) {
        Tree found = at.nearest("dialect");
        if (LATER.contains(provider.dialect())) {
            problems.add(
                    found,
                    found.kind() + " is not in this version (expected one of: " + String.join(", ", DIALECTS) + ")");
            return false;
        }
        if (!DIALECTS.contains(provider.dialect())) {
            problems.add(found, Names.unknown("dialect", found, provider.dialect(), DIALECTS));
            return false;
        }
        return true;
    }

    private void unused(Tree at, String key, String expected) {
        at.find(key).ifPresent(it -> problems.add(it, "has no effect here (expected: " + expected + ")"));
    }
}
