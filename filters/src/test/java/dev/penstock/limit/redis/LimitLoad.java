package dev.penstock.limit.redis;

import dev.penstock.limit.bucket.Claim;
import dev.penstock.limit.bucket.Limits;
import dev.penstock.limit.bucket.Rule;
import dev.penstock.limit.bucket.Rule.By;
import dev.penstock.limit.bucket.Rule.Measure;
import dev.penstock.limit.bucket.Taking.Refused;
import dev.penstock.limit.bucket.Taking.Taken;
import dev.penstock.store.RedisConnection;
import dev.penstock.store.RedisSettings;
import io.lettuce.core.SslOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One JVM that takes from one limit as fast as it can; what it says is added up by {@link LimitRateTests}.
 *
 * <p>Arguments: port of Redis, name, seconds. Prints {@code window SECOND ADMITTED} for each from its first call on, {@code full SECOND} for each in which one was refused, {@code micros SORTED…} of a sample
 * of its calls, {@code calls COUNT}, and {@code away} when Redis did not answer.
 */
final class LimitLoad {

    static final Rule RULE = new Rule("services.hot", By.SERVICE, Measure.REQUESTS, 200, Duration.ofSeconds(1), false);

    private static final int AT_ONCE = 8;

    /** Milliseconds. */
    private static final int ROUNDING = 5;

    /** Patient: what would be counted here must not look like what Redis admitted. */
    private static final Beat.Pace PACE = new Beat.Pace(
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5));

    private static final Duration WARM_UP = Duration.ofSeconds(3);

    private final Limits limits;
    private final Map<Long, AtomicLong> windows = new ConcurrentSkipListMap<>();
    private final List<Long> micros = java.util.Collections.synchronizedList(new ArrayList<>());
    /** The clock is that of Redis, and an answer takes less than a second. */
    private final Set<Long> full = new ConcurrentSkipListSet<>();

    private final AtomicLong calls = new AtomicLong();

    private LimitLoad(Limits limits) {
        this.limits = limits;
    }

    public static void main(String[] arguments) {
        RedisConnection way = RedisConnection.of(settings(arguments[0]), SslOptions.create());
        RedisStore store = RedisStore.open(
                new RedisCounts(way), arguments[1], new RedisStore.Watching(PACE, () -> "", Clock.systemUTC(), null));
        LimitLoad load = new LimitLoad(store.limits());
        load.run(WARM_UP);
        load.calls.set(0);
        load.micros.clear();
        load.run(Duration.ofSeconds(Long.parseLong(arguments[2])));
        load.tell();
        if (store.limits().isAway()) {
            System.out.println("away");
        }
        System.exit(0);
    }

    private static RedisSettings settings(String port) {
        return new Binder(new MapConfigurationPropertySource(Map.of("r.host", "127.0.0.1", "r.port", port)))
                .bindOrCreate("r", RedisSettings.class);
    }

    private void run(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        Flux.range(0, AT_ONCE)
                .flatMap(i -> Mono.defer(this::call).repeat(() -> System.nanoTime() < end), AT_ONCE)
                .blockLast();
    }

    private Mono<Long> call() {
        long began = System.nanoTime();
        return limits.take(List.of(new Claim(RULE, "hot", 1)), taken -> {}).map(taking -> {
            if (taking instanceof Taken taken) {
                windows.computeIfAbsent(taken.at().getEpochSecond(), ignored -> new AtomicLong())
                        .incrementAndGet();
            } else if (taking instanceof Refused refused) {
                long ends = System.currentTimeMillis() + refused.comeBack().toMillis() + ROUNDING;
                full.add(ends / 1000 - 1);
            }
            if (calls.incrementAndGet() % 20 == 0) {
                micros.add((System.nanoTime() - began) / 1000);
            }
            return 0L;
        });
    }

    private void tell() {
        new TreeMap<>(windows).forEach((window, admitted) -> System.out.println("window " + window + " " + admitted));
        full.forEach(window -> System.out.println("full " + window));
        System.out.println("calls " + calls);
        Stream<String> all = micros.stream().map(String::valueOf);
        System.out.println("micros " + String.join(" ", all.toList()));
    }
}
