package dev.penstock.limit.redis;

import dev.penstock.store.RedisConnection;
import dev.penstock.store.RedisSettings;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import redis.embedded.RedisServer;

/** A Redis of its own on loopback. */
public final class RealRedis implements AutoCloseable {

    private final int port = freePort();
    private RedisServer server;

    /** An instance's connection, as a gateway has it. */
    public static final class Way implements AutoCloseable {

        private final RedisConnection connection;

        Way(int port) {
            RedisSettings settings = new Binder(
                            new MapConfigurationPropertySource(Map.of("r.host", "127.0.0.1", "r.port", port)))
                    .bindOrCreate("r", RedisSettings.class);
            connection = RedisConnection.of(settings, SslOptions.create());
        }

        public CompletionStage<RedisClusterAsyncCommands<String, String>> commands() {
            return connection.commands();
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    public int port() {
        return port;
    }

    public Way way() {
        return new Way(port);
    }

    public void start() {
        try {
            server = new RedisServer(port);
            server.start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public void kill() {
        try {
            server.stop();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public void run(Consumer<RedisCommands<String, String>> commands) {
        RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", port));
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            commands.accept(connection.sync());
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    /** How many keys have that word in their names. */
    public int keys(String word) {
        int[] keys = new int[1];
        run(it -> keys[0] = it.keys("*" + word + "*").size());
        return keys[0];
    }

    /** Whole minutes since 1970 by its own clock. */
    public long minute() {
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
