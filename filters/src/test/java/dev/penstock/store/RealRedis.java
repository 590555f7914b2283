package dev.penstock.store;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/** A real Redis on loopback, that tests may stop, start again, and freeze. */
public final class RealRedis implements AutoCloseable {

    private static RealRedis shared;

    private final int port = freePort();
    private final List<String> settings;
    private RedisServer server;
    private long process;

    /** Not started. @param settings lines of redis.conf */
    public RealRedis(String... settings) {
        this.settings = List.of(settings);
    }

    /** One for all tests of this JVM, started at the first call and empty after each. */
    public static synchronized RealRedis shared() {
        if (shared == null) {
            RealRedis one = new RealRedis("save \"\"");
            one.start();
            Runtime.getRuntime().addShutdownHook(new Thread(one::close));
            shared = one;
        }
        shared.flush();
        return shared;
    }

    public int port() {
        return port;
    }

    /** A connection as a gateway has it, not connected yet. */
    public RedisConnection connection() {
        return connection("127.0.0.1");
    }

    /**
     * One by another name of this host. Clients of one JVM look up a name together, and one that ends then takes the others' look-up
     * with it: who connects while {@link #run} does needs a name of its own.
     */
    public RedisConnection connection(String host) {
        RedisSettings to = new Binder(new MapConfigurationPropertySource(Map.of("r.host", host, "r.port", port)))
                .bindOrCreate("r", RedisSettings.class);
        return RedisConnection.of(to, SslOptions.create());
    }

    public void start() {
        try {
            RedisServerBuilder builder =
                    RedisServer.newRedisServer().port(port).bind("127.0.0.1").onShutdownForceStop(true);
            settings.forEach(builder::setting);
            server = builder.build();
            server.start();
            process = Long.parseLong(run(it -> it.info("server"))
                    .lines()
                    .filter(line -> line.startsWith("process_id:"))
                    .map(line -> line.substring("process_id:".length()).trim())
                    .findFirst()
                    .orElseThrow());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Without a warning to it, like {@code kill -9}. */
    public void kill() {
        try {
            server.stop();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** It neither answers nor closes a connection. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    public void flush() {
        run(RedisCommands::flushall);
    }

    /** What one command answers on a connection of its own. */
    public <T> T run(Function<RedisCommands<String, String>, T> command) {
        RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", port));
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            return command.apply(connection.sync());
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    @Override
    public void close() {
        kill();
    }

    private void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill -" + name + " ended with " + exit);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
