package dev.penstock.store;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import redis.embedded.RedisShardedCluster;

/** A real Redis Cluster of three masters on loopback. */
public final class RealCluster implements AutoCloseable {

    private static final Duration BOUND = Duration.ofSeconds(30);

    /** A node also listens on its port and 10,000, which has to be below the ports that the system hands out. */
    private static final int LOWEST = 11_000;

    private static final int HIGHEST = 22_000;

    private final List<Integer> ports;
    private final RedisShardedCluster servers;

    private RealCluster(List<Integer> ports, RedisShardedCluster servers) {
        this.ports = ports;
        this.servers = servers;
    }

    /** Usable when it returns. */
    public static RealCluster start() {
        List<Integer> ports =
                Stream.generate(RealCluster::freePort).distinct().limit(3).toList();
        try {
            RedisShardedCluster servers = RedisShardedCluster.newRedisCluster()
                    .serverPorts(ports)
                    .shard("a", 0)
                    .shard("b", 0)
                    .shard("c", 0)
                    .build();
            servers.start();
            RealCluster cluster = new RealCluster(ports, servers);
            cluster.awaitSlots();
            return cluster;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A connection as a gateway has it, not connected yet. */
    public RedisConnection connection() {
        RedisSettings to = new Binder(
                        new MapConfigurationPropertySource(Map.of("r.cluster.nodes", "127.0.0.1:" + ports.get(0))))
                .bindOrCreate("r", RedisSettings.class);
        return RedisConnection.of(to, SslOptions.create());
    }

    public void flush() {
        RedisClusterClient client = client(ports.get(0));
        try (StatefulRedisClusterConnection<String, String> connection = client.connect()) {
            connection.sync().flushall();
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    // the slots are handed out after the servers are up
    private void awaitSlots() {
        long end = System.nanoTime() + BOUND.toNanos();
        while (!ports.stream().allMatch(RealCluster::isWhole)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("no cluster (expected: cluster_state:ok within " + BOUND + ")");
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    /** By this node itself: a client of the cluster asks any. */
    private static boolean isWhole(int port) {
        RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", port));
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            String told = connection.sync().clusterInfo();
            return told.contains("cluster_state:ok")
                    && told.contains("cluster_slots_ok:16384")
                    && told.contains("cluster_known_nodes:3");
        } catch (RuntimeException notYet) {
            return false;
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    private static RedisClusterClient client(int port) {
        return RedisClusterClient.create(RedisURI.create("127.0.0.1", port));
    }

    @Override
    public void close() {
        try {
            servers.stop();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static int freePort() {
        Random random = new Random();
        while (true) {
            int port = LOWEST + random.nextInt(HIGHEST - LOWEST);
            try (ServerSocket socket = new ServerSocket(port);
                    ServerSocket bus = new ServerSocket(port + 10_000)) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // the next one, then
            }
        }
    }
}
