package dev.penstock.store;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * What instances tell each other: that they live, by which configuration, and short notices that hold for a time. Read twice a
 * second. While Redis is away nothing is heard, and everyone keeps the opinion that it has. Thread-safe; never waits.
 */
public final class Bulletin implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Bulletin.class);

    private static final RedisScript READ = RedisScript.of(Bulletin.class, "bulletin-1.lua");
    private static final RedisScript POST = RedisScript.of(Bulletin.class, "notice-2.lua");

    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration SILENT = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final String NOTICES = "penstock:{fleet}:1:notices";
    private static final List<String> KEYS =
            List.of("penstock:{fleet}:1:living", "penstock:{fleet}:1:configurations", NOTICES);

    private final RedisConnection redis;
    private final String instance;
    private final Supplier<String> configuration;
    private final List<Consumer<News>> readers = new CopyOnWriteArrayList<>();
    private final Disposable reading;
    private volatile News last = new News(Map.of(), Map.of(), 0);

    /**
     * @param configurations of the living instances, by the names of their runs
     * @param notices until when each holds, from now
     * @param place of this instance among the living, from 0
     */
    public record News(Map<String, String> configurations, Map<String, Duration> notices, int place) {}

    /**
     * @param instance names this run of this instance, as no other
     * @param configuration the hash of the one in force
     */
    public Bulletin(RedisConnection redis, String instance, Supplier<String> configuration) {
        this.redis = redis;
        this.instance = instance;
        this.configuration = configuration;
        this.reading = Mono.defer(this::read)
                .onErrorComplete()
                .then(Mono.delay(EVERY))
                .repeat()
                .subscribe(ignored -> {}, failed -> LOG.error("the fleet is no longer listened to", failed));
    }

    /** {@code reader} is told all that holds each time it is read, on any thread; must not wait. */
    public void read(Consumer<News> reader) {
        readers.add(reader);
    }

    /** As it was read last; of nobody before that. */
    public News last() {
        return last;
    }

    /** The name of this run of this instance, as the others know it. */
    public String instance() {
        return instance;
    }

    /** @param opposite what no longer holds: every notice that begins so; empty for none */
    public void post(String notice, Duration holds, String opposite) {
        POST.run(redis, List.of(NOTICES), List.of(notice, Long.toString(holds.toMillis()), opposite))
                .whenComplete((done, failed) -> {
                    if (failed != null) {
                        LOG.debug("'{}' was not told to other instances: {}", notice, failed.getClass());
                    }
                });
    }

    private Mono<Void> read() {
        CompletableFuture<@Nullable News> answer = READ.run(
                        redis, KEYS, List.of(instance, configuration.get(), Long.toString(SILENT.toMillis())))
                .thenApply(this::news)
                .exceptionally(away -> null);
        return Mono.fromFuture(answer, true)
                .timeout(PATIENCE)
                .doOnNext(this::tell)
                .onErrorComplete()
                .then();
    }

    private void tell(News news) {
        last = news;
        readers.forEach(reader -> reader.accept(news));
    }

    private News news(List<Object> answer) {
        int end = 1 + 2 * Math.toIntExact((Long) answer.get(0));
        Map<String, String> configurations = new LinkedHashMap<>();
        for (int i = 1; i < end; i += 2) {
            configurations.put((String) answer.get(i), (String) answer.get(i + 1));
        }
        Map<String, Duration> notices = new LinkedHashMap<>();
        for (int i = end; i < answer.size(); i += 2) {
            notices.put((String) answer.get(i), Duration.ofMillis((Long) answer.get(i + 1)));
        }
        int place = List.copyOf(configurations.keySet()).indexOf(instance);
        return new News(Map.copyOf(configurations), Map.copyOf(notices), Math.max(0, place));
    }

    /** The others learn at once that one of them is gone. */
    @Override
    public void close() {
        reading.dispose();
        redis.commands().thenCompose(it -> {
            it.hdel(KEYS.get(1), instance);
            return it.zrem(KEYS.get(0), instance);
        });
    }
}
