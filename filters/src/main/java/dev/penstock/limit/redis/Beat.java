package dev.penstock.limit.redis;

import dev.penstock.limit.bucket.EmbeddedLimits;
import dev.penstock.limit.redis.Leases.Permit;
import dev.penstock.store.Presence;
import dev.penstock.store.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Tells the store again and again that this instance lives, renews its permits, and finds out whether the store answers and can
 * be written to.
 */
final class Beat implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Beat.class);

    /** Permits in one script, so that nobody waits for it long. */
    private static final int AT_ONCE = 500;

    private final RedisCounts counts;
    private final Leases leases;
    private final Ended ended;
    private final Fleet fleet;
    private final Presence presence;
    private final Pace pace;
    private final Disposable running;

    /** Since the last beat; only the beat itself knows it. */
    private int turns;

    /**
     * @param every while all is well
     * @param again while the store is away
     * @param silent after which an instance is no longer counted
     * @param lease of a permit; several beats long
     * @param patience with one answer
     */
    record Pace(Duration every, Duration again, Duration silent, Duration lease, Duration patience) {

        static Pace usual(Duration patience) {
            return new Pace(
                    Duration.ofSeconds(5),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(30),
                    patience);
        }
    }

    Beat(RedisCounts counts, Leases leases, Ended ended, Fleet fleet, Presence presence, Pace pace) {
        this.counts = counts;
        this.leases = leases;
        this.ended = ended;
        this.fleet = fleet;
        this.presence = presence;
        this.pace = pace;
        this.running = Mono.delay(pace.again())
                .then(Mono.defer(this::turn))
                .repeat()
                .subscribe(ignored -> {}, failed -> LOG.error("limits: the beat stopped", failed));
    }

    // a call may find between two beats that the store is away, and then it is asked for sooner
    private Mono<Void> turn() {
        turns++;
        if (!presence.isAway() && pace.again().multipliedBy(turns).compareTo(pace.every()) < 0) {
            return Mono.empty();
        }
        turns = 0;
        return once(pace.patience());
    }

    /** Never fails; {@link Presence} knows how it went. */
    Mono<Void> once(Duration patience) {
        return Flux.fromIterable(parts(leases.held()))
                .concatMap(permits -> Reply.within(patience, Reply.to(() -> send(stillHeld(permits)))))
                .doOnNext(living -> fleet.seen(living.intValue()))
                .doOnComplete(presence::answered)
                .doOnError(presence::failed)
                .onErrorComplete()
                .then();
    }

    private List<Permit> stillHeld(List<Permit> permits) {
        return permits.stream().filter(leases::holds).toList();
    }

    private CompletableFuture<Long> send(List<Permit> permits) {
        List<String> keys = new ArrayList<>();
        keys.add(Keys.LIVING);
        List<String> subjects = new ArrayList<>();
        List<String> names = new ArrayList<>();
        Map<String, Integer> sets = new HashMap<>();
        for (Permit permit : permits) {
            Integer set = sets.get(permit.key());
            if (set == null) {
                set = sets.size() + 1;
                sets.put(permit.key(), set);
                keys.add(permit.key());
                keys.add(permit.index());
                subjects.add(permit.subject());
            }
            names.add(set.toString());
            names.add(permit.name());
        }
        List<String> words = head(subjects.size());
        words.addAll(subjects);
        words.addAll(names);
        return counts.beat(keys, words).whenComplete((living, failed) -> over(permits));
    }

    private List<String> head(int sets) {
        List<String> words = new ArrayList<>();
        words.add(leases.instance());
        words.add(Long.toString(pace.silent().toMillis()));
        words.add(Long.toString(pace.lease().toMillis()));
        words.add(Integer.toString(EmbeddedLimits.MOST_SUBJECTS));
        words.add(Integer.toString(sets));
        return words;
    }

    /** What was let go on the way was perhaps told before the beat, which brought it back. */
    private void over(List<Permit> renewed) {
        ended.add(renewed.stream().filter(permit -> !leases.holds(permit)).toList());
        ended.tell();
    }

    /** At least one, so that an instance that holds nothing is seen too. */
    private static List<List<Permit>> parts(List<Permit> held) {
        List<List<Permit>> parts = new ArrayList<>();
        for (int from = 0; from == 0 || from < held.size(); from += AT_ONCE) {
            parts.add(held.subList(from, Math.min(held.size(), from + AT_ONCE)));
        }
        return parts;
    }

    /** The others learn at once that one of them is gone. */
    @Override
    public void close() {
        running.dispose();
        counts.leave(leases.instance());
    }
}
