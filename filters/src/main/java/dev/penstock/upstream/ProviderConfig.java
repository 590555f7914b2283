package dev.penstock.upstream;

import dev.penstock.budget.BudgetConfig;
import dev.penstock.exchange.Later;
import dev.penstock.limit.LimitConfig;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One entry of {@code providers:}.
 *
 * @param dialect what it speaks: openai, anthropic or mock
 * @param enabled a list of switches that must all be on; a single value is a list of one
 * @param baseUrl everything up to the endpoint's own path, version included; absent only for mock
 * @param allowPrivate needed for plain http and for loopback, private and link-local addresses
 * @param keys a pool; a key with an empty value is absent, and a provider without keys is disabled unless {@code auth: none}
 * @param probe how a new key is looked at before it is used
 * @param healthCheck absent: none
 * @param concurrency the most requests and connections at once, of one instance
 * @param limits of what leaves for it
 * @param headers set on every request to it
 * @param latency of mock: until its first byte, and its pace after it
 * @param errorRate of mock: the share of requests, 0 to 1, that fail with 503
 * @param cost absent: what prices say
 */
@Later({"proxy", "tls", "tags", "region", "api-version", "deployments"})
public record ProviderConfig(
        String dialect,
        @DefaultValue("true") List<Boolean> enabled,
        Optional<URI> baseUrl,
        @DefaultValue("false") boolean allowPrivate,
        @DefaultValue List<KeyConfig> keys,
        @DefaultValue("key") Auth auth,
        @DefaultValue TimeoutConfig timeout,
        @DefaultValue RetryConfig retry,
        @DefaultValue BreakerConfig breaker,
        @DefaultValue ProbeConfig probe,
        Optional<HealthCheckConfig> healthCheck,
        @DefaultValue("200") int concurrency,
        @DefaultValue List<LimitConfig> limits,
        @DefaultValue Map<String, String> headers,
        @DefaultValue("40ms") Duration latency,
        @DefaultValue("0") double errorRate,
        Optional<Cost> cost,
        Optional<BudgetConfig> budget) {

    /** The dialect that needs neither network nor key. */
    public static final String MOCK = "mock";

    public enum Auth {
        KEY,
        NONE
    }

    public enum Cost {
        FREE
    }

    /** One credential: exactly one of {@code value} (the secret) and {@code file} (a path whose content is the secret). */
    @Later({"access-key", "secret-key", "session-token", "service-account"})
    public record KeyConfig(String id, Optional<String> value, Optional<String> file) {

        /** Never shows the secret. */
        @Override
        public String toString() {
            return "KeyConfig[id=" + id + "]";
        }
    }

    /**
     * @param firstByte from sending the request to the first byte of the answer's body
     * @param idle between two reads after it
     * @param total of one attempt
     */
    public record TimeoutConfig(
            @DefaultValue("2s") Duration connect,
            @DefaultValue("60s") Duration firstByte,
            @DefaultValue("60s") Duration idle,
            @DefaultValue("10m") Duration total) {}

    /**
     * @param attempts further tries at the same provider; 0 = one try
     * @param backoff before the first further try; doubles, with jitter, up to {@code maxBackoff}
     * @param honourRetryAfter the longest {@code retry-after} that is waited for at the same provider
     */
    public record RetryConfig(
            @DefaultValue("2") int attempts,
            @DefaultValue("200ms") Duration backoff,
            @DefaultValue("5s") Duration maxBackoff,
            @DefaultValue("10s") Duration honourRetryAfter) {}

    /**
     * @param failureRate per cent of the window that opens it
     * @param slowRate per cent of slow calls that opens it
     * @param slowAfter a call whose first event takes longer is slow
     * @param window calls looked at, or {@code minimum} if that is more
     * @param minimum calls before it may open
     * @param openFor how long it stays open
     */
    public record BreakerConfig(
            @DefaultValue("50") int failureRate,
            @DefaultValue("100") int slowRate,
            @DefaultValue("30s") Duration slowAfter,
            @DefaultValue("20") int window,
            @DefaultValue("5") int minimum,
            @DefaultValue("30s") Duration openFor) {

        /** The window as it runs: it holds the minimum, so that one of the two can be set alone. */
        public int calls() {
            return Math.max(window, minimum);
        }
    }

    /** Whether it may be asked: switched on, and with a key where it needs one. */
    public boolean usable() {
        boolean on = enabled.stream().allMatch(Boolean::booleanValue);
        return on
                && (auth == Auth.NONE || dialect.equals(MOCK) || !presentKeys().isEmpty());
    }

    /** The keys that are there: those with a value that is not empty, or a file. */
    public List<KeyConfig> presentKeys() {
        return keys.stream()
                .filter(key -> key.value().filter(value -> !value.isBlank()).isPresent()
                        || key.file().isPresent())
                .toList();
    }
}
