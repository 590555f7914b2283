package dev.penstock.store;

import io.lettuce.core.RedisURI;
import io.lettuce.core.StaticCredentialsProvider;
import java.util.List;
import java.util.Optional;

/** Where Redis is. */
final class RedisUris {

    private final RedisSettings settings;

    RedisUris(RedisSettings settings) {
        this.settings = settings;
    }

    /** Of a single Redis, or of the master that sentinels know. */
    RedisURI one() {
        if (settings.sentinel() != null) {
            return sentinel(settings.sentinel());
        }
        RedisURI uri = settings.url()
                .map(RedisURI::create)
                .orElseGet(() -> complete(RedisURI.Builder.redis(settings.host(), settings.port())));
        uri.setClientName(settings.clientName());
        uri.setTimeout(settings.connectTimeout());
        return uri;
    }

    /** Of some of a cluster's nodes. */
    List<RedisURI> nodes(RedisSettings.Cluster cluster) {
        return cluster.nodes().stream()
                .map(RedisUris::node)
                .map(node -> complete(RedisURI.Builder.redis(node.getHost(), node.getPort())))
                .toList();
    }

    private RedisURI sentinel(RedisSettings.Sentinel sentinel) {
        RedisURI.Builder builder = RedisURI.builder().withSentinelMasterId(sentinel.master());
        for (String name : sentinel.nodes()) {
            RedisURI node = node(name);
            authenticate(node, sentinel.username(), sentinel.password());
            node.setSsl(settings.ssl().on());
            builder.withSentinel(node);
        }
        return complete(builder);
    }

    private RedisURI complete(RedisURI.Builder builder) {
        RedisURI uri = builder.withSsl(settings.ssl().on())
                .withClientName(settings.clientName())
                .withTimeout(settings.connectTimeout())
                .build();
        uri.setDatabase(settings.cluster() != null ? 0 : settings.database());
        authenticate(uri, settings.username(), settings.password());
        return uri;
    }

    private static void authenticate(RedisURI uri, Optional<String> username, Optional<String> password) {
        password.ifPresent(it ->
                uri.setCredentialsProvider(new StaticCredentialsProvider(username.orElse(null), it.toCharArray())));
    }

    private static RedisURI node(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        return RedisURI.create(hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1)));
    }
}
