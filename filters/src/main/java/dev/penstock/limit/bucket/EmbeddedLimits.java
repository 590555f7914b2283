package dev.penstock.limit.bucket;

import dev.penstock.limit.bucket.Rule.Measure;
import dev.penstock.limit.bucket.Taking.Refused;
import dev.penstock.limit.bucket.Taking.Taken;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Limits of one instance, in memory. One lock over all of them makes a take from several exact; it is held for about a
 * microsecond.
 */
public final class EmbeddedLimits implements Limits {

    /** Subjects that there are too many of share one count: never more is admitted than to one of them. */
    public static final String OTHERS = "(others)";

    /** Of one rule. Callers may make names up, such as those of models; they must not crowd out other rules. */
    public static final int MOST_SUBJECTS = 10_000;

    private static final long SWEEP = Duration.ofSeconds(30).toNanos();

    private final Clock clock;
    private final int most;
    private final TimeMeter time = new Now();
    /** Rules that count together have the same subjects. */
    private final Map<Rule, Map<String, Count>> counts = new HashMap<>();

    /** Nanoseconds since 1970, the same for all that one call does. */
    private long now;

    private Instant at = Instant.EPOCH;

    private long swept;

    /** {@code clock} says where windows begin. */
    public EmbeddedLimits(Clock clock) {
        this(clock, MOST_SUBJECTS);
    }

    EmbeddedLimits(Clock clock, int most) {
        this.clock = clock;
        this.most = most;
    }

    @Override
    public Mono<Taking> take(List<Claim> claims, Consumer<Taken> holder) {
        return Mono.fromSupplier(() -> {
            Taking taking = takeHere(claims);
            if (taking instanceof Taken taken) {
                holder.accept(taken);
            }
            return taking;
        });
    }

    @Override
    public Mono<List<Level>> settle(Taken taken, ToLongFunction<Claim> used) {
        return Mono.fromSupplier(() -> settleHere(taken, used));
    }

    @Override
    public Mono<List<Level>> look(List<Claim> claims) {
        return Mono.fromSupplier(() -> lookNow(claims));
    }

    @Override
    public Mono<List<Level>> subjects(Rule rule) {
        return Mono.fromSupplier(() -> subjectsNow(rule));
    }

    @Override
    public synchronized Taking takeHere(List<Claim> claims) {
        tick();
        Count[] counts = counts(claims);
        int last = -1;
        Duration longest = Duration.ZERO;
        for (int i = 0; i < counts.length; i++) {
            Duration wait = counts[i].until(claims.get(i).amount());
            if (wait.compareTo(longest) > 0) {
                longest = wait;
                last = i;
            }
        }
        if (last >= 0) {
            return new Refused(level(claims.get(last), counts[last]), longest, levels(claims, counts));
        }
        for (int i = 0; i < counts.length; i++) {
            counts[i].take(claims.get(i).amount());
        }
        return new Taken(claims, at, levels(claims, counts), "");
    }

    private Count[] counts(List<Claim> claims) {
        Count[] found = new Count[claims.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = count(claims.get(i));
        }
        return found;
    }

    @Override
    public synchronized List<Level> settleHere(Taken taken, ToLongFunction<Claim> used) {
        tick();
        long takenAt = nanos(taken.at());
        List<Claim> claims = taken.claims();
        Count[] counts = new Count[claims.size()];
        for (int i = 0; i < counts.length; i++) {
            Claim claim = claims.get(i);
            long amount = claim.rule().of() == Measure.CONCURRENT ? 0 : used.applyAsLong(claim);
            counts[i] = settled(claim);
            counts[i].settle(claim.amount(), amount, takenAt);
        }
        return levels(claims, counts);
    }

    private synchronized List<Level> lookNow(List<Claim> claims) {
        tick();
        List<Level> levels = new ArrayList<>(claims.size());
        claims.forEach(claim -> levels.add(level(claim, find(claim))));
        return levels;
    }

    private synchronized List<Level> subjectsNow(Rule rule) {
        tick();
        List<Level> levels = new ArrayList<>();
        List.copyOf(bySubject(rule).keySet()).forEach(subject -> {
            Count count = find(new Claim(rule, subject, 0));
            if (count != null && !count.idle()) {
                levels.add(level(rule, subject, count));
            }
        });
        return levels;
    }

    /** How many subjects of rules are remembered. */
    synchronized int size() {
        return counts.values().stream()
                .collect(Collectors.toCollection(() -> Collections.newSetFromMap(new IdentityHashMap<>())))
                .stream()
                .mapToInt(Map::size)
                .sum();
    }

    private void tick() {
        at = clock.instant();
        now = nanos(at);
        if (now - swept >= SWEEP) {
            counts.values().forEach(subjects -> subjects.values().removeIf(Count::idle));
            counts.values().removeIf(Map::isEmpty);
            swept = now;
        }
    }

    private Count count(Claim claim) {
        Count found = find(claim);
        return found == null ? begun(claim) : found;
    }

    private Count begun(Claim claim) {
        Count count = fresh(claim.rule());
        Map<String, Count> subjects = bySubject(claim.rule());
        subjects.put(subjects.size() < most ? claim.subject() : OTHERS, count);
        return count;
    }

    /** Under the limit that is in force, which may be another than when it was taken. */
    private Count settled(Claim claim) {
        Map<String, Count> subjects = bySubject(claim.rule());
        Count found = subjects.get(claim.subject());
        found = found == null ? subjects.get(OTHERS) : found;
        return found == null ? begun(claim) : found;
    }

    /** One that was counted with the others stays there until they are forgotten. */
    private @Nullable Count find(Claim claim) {
        Map<String, Count> subjects = bySubject(claim.rule());
        String name = claim.subject();
        Count found = subjects.get(name);
        if (found == null) {
            name = OTHERS;
            found = subjects.get(name);
        }
        if (found == null || found.limit() == claim.rule().limit()) {
            return found;
        }
        Count changed = fresh(claim.rule());
        changed.charge(found.limit() - found.remaining());
        subjects.put(name, changed);
        return changed;
    }

    private Map<String, Count> bySubject(Rule rule) {
        Map<String, Count> found = counts.get(rule);
        if (found == null) {
            found = counts.entrySet().stream()
                    .filter(it -> it.getKey().countsWith(rule))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElseGet(HashMap::new);
            counts.put(rule, found);
        }
        return found;
    }

    private Count fresh(Rule rule) {
        return rule.of() == Measure.CONCURRENT ? new Flights(rule.limit()) : new Tokens(rule, time);
    }

    private static List<Level> levels(List<Claim> claims, Count[] counts) {
        List<Level> levels = new ArrayList<>(counts.length);
        for (int i = 0; i < counts.length; i++) {
            levels.add(level(claims.get(i), counts[i]));
        }
        return levels;
    }

    private static Level level(Claim claim, @Nullable Count count) {
        return level(claim.rule(), claim.subject(), count);
    }

    private static Level level(Rule rule, String subject, @Nullable Count count) {
        if (count == null) {
            return new Level(rule, subject, rule.limit(), Duration.ZERO);
        }
        long remaining = count.remaining();
        return new Level(rule, subject, Math.max(0, remaining), count.reset(remaining));
    }

    private static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }

    /** The time of the call that holds the lock. */
    private final class Now implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return now;
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
