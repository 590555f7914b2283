package dev.penstock.limit.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import redis.embedded.RedisServer;

/** A Redis of its own on loopback. */
final class RealRedis implements AutoCloseable {

    private static final ClientResources RESOURCES = ClientResources.builder()
            .reconnectDelay(Delay.constant(Duration.ofMillis(50)))
            .build();

    private final int port = freePort();
    private RedisServer server;

    /** An instance's connection, made as soon as it can be. */
    static final class Way implements AutoCloseable {
        private final RedisURI uri;
        private final RedisClient client;
        private CompletableFuture<StatefulRedisConnection<String, String>> connection;

        Way(int port) {
            uri = RedisURI.create("127.0.0.1", port);
            client = RedisClient.create(RESOURCES, uri);
            client.setOptions(ClientOptions.builder()
                    .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                    .build());
        }

        synchronized CompletionStage<RedisClusterAsyncCommands<String, String>> commands() {
            if (connection == null || connection.isCompletedExceptionally()) {
                connection = client.connectAsync(StringCodec.UTF8, uri).toCompletableFuture();
            }
            return connection.thenApply(StatefulRedisConnection::async);
        }

        @Override
        public void close() {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    int port() {
        return port;
    }

    Way way() {
        return new Way(port);
    }

    void start() {
        try {
            server = new RedisServer(port);
            server.start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void kill() {
        try {
            server.stop();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void run(Consumer<RedisCommands<String, String>> commands) {
        RedisClient client = RedisClient.create(RESOURCES, RedisURI.create("127.0.0.1", port));
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            commands.accept(connection.sync());
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    /** Whole minutes since 1970 by its own clock. */
    long minute() {
        long[] minute = new long[1];
        run(it -> minute[0] = Long.parseLong(it.time().get(0)) / 60);
        return minute[0];
    }

    @Override
    public void close() {
        kill();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
