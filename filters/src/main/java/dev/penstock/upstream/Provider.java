package dev.penstock.upstream;

import dev.penstock.credential.Credential;
import dev.penstock.credential.KeyRing;
import dev.penstock.provider.Dialect;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;

/** A configured upstream as it runs: what outlives one request. Thread-safe. */
record Provider(
        String name,
        ProviderConfig config,
        Dialect dialect,
        Transport transport,
        KeyRing keys,
        CircuitBreaker breaker,
        Permits permits,
        Hearsay hearsay) {

    /** Takes a key out of the pool, here and at the other instances. */
    void rest(Credential key, KeyRing.Rest why, Duration time) {
        keys.rest(key, why, time);
        hearsay.rests(this, key, why, time);
    }

    boolean needsKey() {
        return config.auth() == ProviderConfig.Auth.KEY && !config.dialect().equals(ProviderConfig.MOCK);
    }
}
