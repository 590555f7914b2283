package dev.penstock.upstream;

import dev.penstock.credential.KeyRing;
import dev.penstock.provider.Dialect;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;

/** A configured upstream as it runs: what outlives one request. Thread-safe. */
record Provider(
        String name,
        ProviderConfig config,
        Dialect dialect,
        Transport transport,
        KeyRing keys,
        CircuitBreaker breaker,
        Permits permits) {

    boolean needsKey() {
        return config.auth() == ProviderConfig.Auth.KEY && !config.dialect().equals(ProviderConfig.MOCK);
    }
}
