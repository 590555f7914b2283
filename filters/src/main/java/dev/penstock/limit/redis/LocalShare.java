package dev.penstock.limit.redis;

import dev.penstock.limit.bucket.Claim;
import dev.penstock.limit.bucket.EmbeddedLimits;
import dev.penstock.limit.bucket.Level;
import dev.penstock.limit.bucket.Limits;
import dev.penstock.limit.bucket.Rule;
import dev.penstock.limit.bucket.Rule.Measure;
import dev.penstock.limit.bucket.Taking;
import dev.penstock.limit.bucket.Taking.Refused;
import dev.penstock.limit.bucket.Taking.Taken;
import dev.penstock.limit.redis.Leases.Permit;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import reactor.core.publisher.Mono;

/**
 * One instance's part of each limit, counted here while the store is away, so that all instances together keep about the whole.
 * What is concurrent counts all that this instance has under way, also what the store admitted.
 */
final class LocalShare implements Limits {

    /** What ids of what was taken here begin with. */
    private static final String HERE = "~";

    private static final Duration SOON = Duration.ofSeconds(1);

    private final EmbeddedLimits local;
    private final Leases leases;
    private final Fleet fleet;
    private final Consumer<List<Permit>> gone;

    /**
     * @param clock says where windows begin while Redis cannot
     * @param gone is told of permits that were let go, which the store may know of by now
     */
    LocalShare(Clock clock, Leases leases, Fleet fleet, Consumer<List<Permit>> gone) {
        this.local = new EmbeddedLimits(clock);
        this.leases = leases;
        this.fleet = fleet;
        this.gone = gone;
    }

    static boolean took(Taken taken) {
        return taken.id().startsWith(HERE);
    }

    @Override
    public Mono<Taking> take(List<Claim> claims, Consumer<Taken> holder) {
        return Mono.defer(() -> {
            String id = HERE + leases.nextId();
            if (!leases.holdWithin(id, concurrent(claims), rule -> part(rule.limit()))) {
                return look(claims).map(levels -> full(claims, levels));
            }
            return local.take(counted(claims), taken -> {}).map(taking -> told(claims, id, taking, holder));
        });
    }

    private Taking told(List<Claim> claims, String id, Taking taking, Consumer<Taken> holder) {
        if (taking instanceof Refused refused) {
            letGo(id);
            return new Refused(refused.by(), refused.comeBack(), levels(claims, refused.levels()));
        }
        Taken taken = new Taken(parts(claims), ((Taken) taking).at(), levels(claims, taking.levels()), id);
        holder.accept(taken);
        return taken;
    }

    private static Refused full(List<Claim> claims, List<Level> levels) {
        int by = 0;
        for (int i = 0; i < claims.size(); i++) {
            boolean fits = levels.get(i).remaining() >= claims.get(i).amount();
            by = claims.get(i).rule().of() == Measure.CONCURRENT && !fits ? i : by;
        }
        return new Refused(levels.get(by), SOON, levels);
    }

    /** By the part as it was when it was taken. */
    @Override
    public Mono<List<Level>> settle(Taken taken, ToLongFunction<Claim> used) {
        letGo(taken.id());
        List<Claim> rest = taken.claims().stream()
                .filter(claim -> claim.rule().of() != Measure.CONCURRENT)
                .toList();
        return local.settle(new Taken(rest, taken.at(), List.of(), ""), used)
                .map(levels -> levels(taken.claims(), levels));
    }

    private void letGo(String id) {
        List<Permit> permits = leases.letGo(id);
        if (!permits.isEmpty()) {
            gone.accept(permits);
        }
    }

    @Override
    public Mono<List<Level>> look(List<Claim> claims) {
        return local.look(counted(claims)).map(levels -> levels(claims, levels));
    }

    @Override
    public Mono<List<Level>> subjects(Rule rule) {
        return rule.of() == Measure.CONCURRENT
                ? look(leases.subjects(rule).stream()
                        .map(subject -> new Claim(rule, subject, 0))
                        .toList())
                : local.subjects(of(rule));
    }

    /** In the order of the claims: what is concurrent from the leases, the others as they were counted. */
    private List<Level> levels(List<Claim> claims, List<Level> counted) {
        Iterator<Level> next = counted.iterator();
        List<Level> levels = new ArrayList<>(claims.size());
        for (Claim claim : claims) {
            levels.add(claim.rule().of() == Measure.CONCURRENT ? underWay(claim) : next.next());
        }
        return levels;
    }

    private Level underWay(Claim claim) {
        Rule rule = of(claim.rule());
        return new Level(rule, claim.subject(), Math.max(0, rule.limit() - leases.size(claim)), Duration.ZERO);
    }

    private static List<Claim> concurrent(List<Claim> claims) {
        return claims.stream()
                .filter(claim -> claim.rule().of() == Measure.CONCURRENT)
                .toList();
    }

    private List<Claim> counted(List<Claim> claims) {
        return parts(claims).stream()
                .filter(claim -> claim.rule().of() != Measure.CONCURRENT)
                .toList();
    }

    /** Those of what is concurrent stay as they are, since leases are of whole limits. */
    private List<Claim> parts(List<Claim> claims) {
        return claims.stream()
                .map(claim -> claim.rule().of() == Measure.CONCURRENT ? claim : part(claim))
                .toList();
    }

    private Claim part(Claim claim) {
        Rule rule = of(claim.rule());
        return new Claim(rule, claim.subject(), Math.min(claim.amount(), rule.limit()));
    }

    private Rule of(Rule rule) {
        return new Rule(rule.owner(), rule.by(), rule.of(), part(rule.limit()), rule.per(), rule.smooth());
    }

    /** At least 1, or a small limit would be none at all. */
    private long part(long limit) {
        return Math.max(1, limit / fleet.size());
    }
}
