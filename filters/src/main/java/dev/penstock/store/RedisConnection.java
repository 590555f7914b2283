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
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisAdvancedClusterAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection for all that this instance shares: commands of many callers go through it together. Made when it is first
 * needed, and again when it broke. Thread-safe; never waits.
 */
public final class RedisConnection implements AutoCloseable {

    /** Commands that wait for a Redis that is slow; more are refused at once. */
    private static final int QUEUE = 20_000;

    private static final Duration SILENCE = Duration.ofSeconds(10);

    /** An answer that is later than this is none. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(1);

    private static final Duration SOONEST = Duration.ofMillis(50);
    private static final Duration LATEST = Duration.ofSeconds(1);
    private static final Duration TOPOLOGY = Duration.ofSeconds(15);

    private final ClientResources resources;
    private final Duration silence;
    private final List<Runnable> lost = new CopyOnWriteArrayList<>();
    private final AbstractRedisClient client;
    private final Supplier<CompletionStage<RedisClusterAsyncCommands<String, String>>> connect;
    private @Nullable Future<?> watching;

    private CompletableFuture<RedisClusterAsyncCommands<String, String>> connection =
            CompletableFuture.failedFuture(new IllegalStateException("not connected yet"));

    private RedisConnection(RedisSettings settings, SslOptions ssl, Duration silence) {
        this.silence = silence;
        resources = ClientResources.builder()
                .reconnectDelay(Delay.exponential(SOONEST, LATEST, 2, TimeUnit.MILLISECONDS))
                .build();
        RedisUris uris = new RedisUris(settings);
        SocketOptions socket = socket(settings);
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
        return of(settings, ssl, SILENCE);
    }

    /** @param silence after which a connection that answers nothing is given up for another */
    static RedisConnection of(RedisSettings settings, SslOptions ssl, Duration silence) {
        RedisConnection made = new RedisConnection(settings, ssl, silence);
        made.watch();
        return made;
    }

    private static SocketOptions socket(RedisSettings settings) {
        return SocketOptions.builder()
                .connectTimeout(settings.connectTimeout())
                .keepAlive(true)
                .build();
    }

    /** A connection that swallows what it is told, as behind a proxy whose own is gone, never ends by itself. */
    private void watch() {
        watching = resources
                .eventExecutorGroup()
                .scheduleWithFixedDelay(
                        this::look, silence.toMillis() / 2, silence.toMillis() / 2, TimeUnit.MILLISECONDS);
    }

    private synchronized void look() {
        CompletableFuture<RedisClusterAsyncCommands<String, String>> looked = connection;
        if (looked.isDone() && !looked.isCompletedExceptionally()) {
            looked.join()
                    .ping()
                    .toCompletableFuture()
                    .orTimeout(silence.toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((pong, failed) -> {
                        if (failed instanceof TimeoutException) {
                            giveUp(looked);
                        }
                    });
        }
    }

    private void giveUp(CompletableFuture<RedisClusterAsyncCommands<String, String>> silent) {
        synchronized (this) {
            if (connection != silent) {
                return;
            }
            connection = CompletableFuture.failedFuture(new IllegalStateException("it did not answer"));
        }
        stateful(silent.join()).closeAsync();
        lost.forEach(Runnable::run);
    }

    private static StatefulConnection<String, String> stateful(RedisClusterAsyncCommands<String, String> commands) {
        return commands instanceof RedisAsyncCommands<String, String> single
                ? single.getStatefulConnection()
                : ((RedisAdvancedClusterAsyncCommands<String, String>) commands).getStatefulConnection();
    }

    /**
     * Has something done whenever a connection ends, before there is another: what is behind that one may have lost what was said
     * last. It must be quick; on a thread of the client's.
     */
    public void onLost(Runnable task) {
        lost.add(task);
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
                // whoever asks has a patience of his own, and hears late answers all the same
                .timeoutOptions(TimeoutOptions.builder().fixedTimeout(FORGOTTEN).build())
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
        if (watching != null) {
            watching.cancel(false);
        }
        client.shutdownAsync(0, 1, TimeUnit.SECONDS)
                .whenComplete((done, failed) -> resources.shutdown(0, 1, TimeUnit.SECONDS));
    }
}
