package dev.penstock.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code spring.data.redis.*}, as Spring Boot names it.
 *
 * @param url {@code redis://user:password@host:port/database}, or {@code rediss://}; in place of the single values
 * @param connectTimeout how long a connection may take
 * @param sentinel absent without sentinels; not an {@code Optional}, in which Spring's binder finds no record
 */
public record RedisSettings(
        Optional<String> url,
        @DefaultValue("localhost") String host,
        @DefaultValue("6379") int port,
        @DefaultValue("0") int database,
        Optional<String> username,
        Optional<String> password,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("penstock") String clientName,
        @DefaultValue Ssl ssl,
        @Nullable Sentinel sentinel,
        @Nullable Cluster cluster) {

    /** @param bundle a name of {@code spring.ssl.bundle}; TLS is on where there is one */
    public record Ssl(Optional<Boolean> enabled, Optional<String> bundle) {

        boolean on() {
            return enabled.orElse(bundle.isPresent());
        }
    }

    /** @param nodes {@code host:port}, of sentinels */
    public record Sentinel(String master, List<String> nodes, Optional<String> username, Optional<String> password) {}

    /** @param nodes {@code host:port}, some of the cluster */
    public record Cluster(List<String> nodes) {}
}
