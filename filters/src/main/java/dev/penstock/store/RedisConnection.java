package dev.penstock.store;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateAdapter;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One connection for all that this instance shares: commands of many callers go through it together. Made when it is first
 * needed, and again when it broke. Thread-safe; never waits.
 */
public final class RedisConnection implements AutoCloseable {

    /** Commands that wait for a Redis that is slow; more are refused at once. */
    private static final int QUEUE = 20_000;

    private static final Duration SOONEST = Duration.ofMillis(50);
    private static final Duration LATEST = Duration.ofSeconds(1);
    private static final Duration TOPOLOGY = Duration.ofSeconds(15);

    private final ClientResources resources;
    private final AbstractRedisClient client;
    private final Supplier<CompletionStage<RedisClusterAsyncCommands<String, String>>> connect;
    private CompletableFuture<RedisClusterAsyncCommands<String, String>> connection =
            CompletableFuture.failedFuture(new IllegalStateException("not connected yet"));

    private RedisConnection(RedisSettings settings, SslOptions ssl) {
        resources = ClientResources.builder()
                .reconnectDelay(Delay.exponential(SOONEST, LATEST, 2, TimeUnit.MILLISECONDS))
                .build();
        RedisUris uris = new RedisUris(settings);
        SocketOptions socket = SocketOptions.builder()
                .connectTimeout(settings.connectTimeout())
                .keepAlive(true)
                .build();
        if (settings.cluster() != null) {
            RedisClusterClient cluster = RedisClusterClient.create(resources, uris.nodes(settings.cluster()));
            cluster.setOptions(options(ClusterClientOptions.builder().topologyRefreshOptions(topology()), socket, ssl));
            client = cluster;
            connect = () -> cluster.refreshPartitionsAsync()
                    .thenCompose(known -> cluster.connectAsync(StringCodec.UTF8))
                    .thenApply(StatefulRedisClusterConnection::async);
        } else {
            RedisURI uri = uris.one();
            RedisClient single = RedisClient.create(resources, uri);
            single.setOptions(options(ClientOptions.builder(), socket, ssl));
            client = single;
            connect = () -> single.connectAsync(StringCodec.UTF8, uri).thenApply(StatefulRedisConnection::async);
        }
    }

    /** Makes no connection yet. */
    public static RedisConnection of(RedisSettings settings, SslOptions ssl) {
        return new RedisConnection(settings, ssl);
    }

    /**
     * Has something done whenever a connection ends, before there is another: what is behind that one may have lost what was said
     * last. It must be quick; on a thread of the client's.
     */
    public void onLost(Runnable task) {
        client.addListener(new RedisConnectionStateAdapter() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> ended) {
                // a cluster's client makes and closes some of its own, to look at the nodes
                if (!ended.isClosed()) {
                    task.run();
                }
            }
        });
    }

    /** Fails when there is no connection, and with each command that is given while there is none. */
    public synchronized CompletionStage<RedisClusterAsyncCommands<String, String>> commands() {
        if (connection.isCompletedExceptionally()) {
            connection = connect.get().toCompletableFuture();
        }
        return connection;
    }

    @SuppressWarnings("unchecked")
    private static <T extends ClientOptions> T options(
            ClientOptions.Builder builder, SocketOptions socket, SslOptions ssl) {
        return (T) builder.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                // a command that may have been done is not done twice
                .replayFilter(command -> true)
                .requestQueueSize(QUEUE)
                .socketOptions(socket)
                .sslOptions(ssl)
                .build();
    }

    private static ClusterTopologyRefreshOptions topology() {
        return ClusterTopologyRefreshOptions.builder()
                .enablePeriodicRefresh(TOPOLOGY)
                .enableAllAdaptiveRefreshTriggers()
                .build();
    }

    @Override
    public void close() {
        client.shutdownAsync(0, 1, TimeUnit.SECONDS)
                .whenComplete((done, failed) -> resources.shutdown(0, 1, TimeUnit.SECONDS));
    }
}
