package dev.penstock.limit.redis;

import dev.penstock.limit.bucket.Claim;
import dev.penstock.limit.bucket.Level;
import dev.penstock.limit.bucket.Limits;
import dev.penstock.limit.bucket.Rule;
import dev.penstock.limit.bucket.Taking;
import dev.penstock.limit.bucket.Taking.Taken;
import dev.penstock.limit.redis.Leases.Permit;
import dev.penstock.store.Reply;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Limits of all instances that share a Redis. Each call is one round trip; calls that are made at once share the connection. Fails
 * with whatever Redis or the way to it failed with; what a call took that nobody learned of stays taken, permits until their
 * lease ends.
 */
final class RedisLimits implements Limits {

    private static final int AT_ONCE = 200;

    private final RedisCounts counts;
    private final Words words;
    private final Leases leases;
    private final Ended ended;

    RedisLimits(RedisCounts counts, Words words, Leases leases, Ended ended) {
        this.counts = counts;
        this.words = words;
        this.leases = leases;
        this.ended = ended;
    }

    @Override
    public Mono<Taking> take(List<Claim> claims, Consumer<Taken> holder) {
        return Reply.to(() -> {
            String id = leases.nextId();
            return counts.ask(Keys.of(claims), words.take(claims, id))
                    .thenApply(answer -> tell(Words.taking(claims, id, answer), holder));
        });
    }

    // not a part of the Mono: a caller who has gone does not keep Redis from taking
    private Taking tell(Taking taking, Consumer<Taken> holder) {
        if (taking instanceof Taken taken) {
            leases.hold(taken.id(), concurrent(taken));
            holder.accept(taken);
        }
        return taking;
    }

    private static List<Claim> concurrent(Taken taken) {
        return taken.claims().stream()
                .filter(claim -> claim.rule().of() == Rule.Measure.CONCURRENT)
                .toList();
    }

    @Override
    public Mono<List<Level>> settle(Taken taken, ToLongFunction<Claim> used) {
        return Reply.to(() -> {
            List<Permit> permits = leases.letGo(taken.id());
            return counts.ask(Keys.of(taken.claims()), words.settle(taken, used))
                    .whenComplete((answer, failed) -> {
                        if (failed != null) {
                            ended.add(permits);
                        }
                    })
                    .thenApply(answer -> Words.levels(taken.claims(), answer));
        });
    }

    @Override
    public Mono<List<Level>> look(List<Claim> claims) {
        return claims.isEmpty()
                ? Mono.just(List.of())
                : Reply.to(() -> counts.ask(Keys.of(claims), words.look(claims)))
                        .map(answer -> Words.levels(claims, answer));
    }

    @Override
    public Mono<List<Level>> subjects(Rule rule) {
        return Reply.to(() -> counts.subjects(Keys.index(rule)))
                .flatMapIterable(subjects -> subjects)
                .map(subject -> new Claim(rule, subject, 0))
                .buffer(AT_ONCE)
                .concatMap(this::look)
                .concatMap(Flux::fromIterable)
                .filter(level -> level.remaining() < rule.limit())
                .collectList();
    }
}
