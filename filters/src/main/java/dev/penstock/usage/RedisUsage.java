package dev.penstock.usage;

import dev.penstock.store.RedisConnection;
import dev.penstock.store.Reply;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The sums of all instances that share a Redis. Each writes its own, a field for each hour or day, over what stood there: what it writes comes
 * from its records, so nothing is counted twice, and what Redis loses is written again. Thread-safe.
 */
final class RedisUsage implements OtherInstances, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.usage");

    // the part in braces keeps all of it in one slot of a cluster
    private static final String INSTANCES = "penstock:{usage}:1:instances";
    private static final String OF = "penstock:{usage}:1:of|";

    /** Fields in one command, so that nobody waits for it long. */
    private static final int AT_ONCE = 50;

    private final RedisConnection redis;
    private final String instance;
    private final UsageSums sums;
    private final Duration patience;
    private final Disposable running;

    /** What the run before this one wrote has been looked at. */
    private volatile boolean begun;

    /** @param every so often what has changed is written */
    RedisUsage(RedisConnection redis, String instance, UsageSums sums, Duration every, Duration patience) {
        this.redis = redis;
        this.instance = instance;
        this.sums = sums;
        this.patience = patience;
        redis.onLost(this::lost);
        this.running = Mono.delay(every)
                .then(Mono.defer(this::written))
                .repeat()
                .subscribe(ignored -> {}, failed -> LOG.error("usage is no longer shared", failed));
    }

    private <T> Mono<T> ask(Function<RedisClusterAsyncCommands<String, String>, CompletionStage<T>> command) {
        return Reply.within(patience, Reply.to(() -> redis.commands().thenCompose(command)));
    }

    /** What is behind the next connection may be older than what was written. */
    private void lost() {
        begun = false;
        sums.anew();
    }

    /** Never fails; what was not written is written the next time. */
    Mono<Void> written() {
        return begun().then(Mono.defer(() -> written(sums.changes())))
                .onErrorComplete()
                .then();
    }

    /** A run that ended between two steps has left hours that are part of their day by now. */
    private Mono<Void> begun() {
        return begun
                ? Mono.empty()
                : ask(it -> it.hkeys(OF + instance))
                        .doOnNext(fields -> {
                            sums.told(fields.stream().map(Instant::parse).toList());
                            begun = true;
                        })
                        .then();
    }

    private Mono<Long> written(UsageSums.Changes changes) {
        return ask(it -> it.sadd(INSTANCES, instance))
                .thenMany(Flux.fromIterable(changes.slots().keySet()).buffer(AT_ONCE))
                .concatMap(hours -> ask(it -> it.hset(OF + instance, fields(hours, changes))))
                .then(Mono.defer(() -> gone(changes)))
                .then(ask(it -> it.hlen(OF + instance)))
                .doOnNext(found -> sums.shared(changes, found));
    }

    private static Map<String, String> fields(List<Instant> hours, UsageSums.Changes changes) {
        Map<String, String> fields = new HashMap<>();
        hours.forEach(
                hour -> fields.put(hour.toString(), Rows.text(changes.slots().get(hour))));
        return fields;
    }

    private Mono<Long> gone(UsageSums.Changes changes) {
        String[] fields = changes.gone().stream().map(Instant::toString).toArray(String[]::new);
        return fields.length == 0 ? Mono.empty() : ask(it -> it.hdel(OF + instance, fields));
    }

    @Override
    public Mono<Told> between(Instant from, Instant to) {
        return ask(it -> it.smembers(INSTANCES))
                .flatMapIterable(names -> names)
                .filter(name -> !name.equals(instance))
                .concatMap(name -> ask(it -> it.hgetall(OF + name)))
                .map(fields -> slots(fields, from, to))
                .collectList()
                .map(all -> new Told(all, true))
                .onErrorResume(away -> Mono.just(new Told(List.of(), false)));
    }

    private static Map<Slot, Sum> slots(Map<String, String> fields, Instant from, Instant to) {
        Map<Slot, Sum> slots = new HashMap<>();
        fields.forEach((field, rows) -> {
            Instant hour = Instant.parse(field);
            if (!hour.isBefore(from) && hour.isBefore(to)) {
                slots.putAll(Rows.read(hour, rows));
            }
        });
        return slots;
    }

    @Override
    public void close() {
        running.dispose();
    }
}
