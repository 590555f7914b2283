package dev.penstock.limit.redis;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Told;
import dev.penstock.limit.bucket.Claim;
import dev.penstock.limit.bucket.Level;
import dev.penstock.limit.bucket.Limits;
import dev.penstock.limit.bucket.Rule;
import dev.penstock.limit.bucket.Taking;
import dev.penstock.limit.bucket.Taking.Taken;
import dev.penstock.limit.bucket.WhenAway;
import dev.penstock.store.Presence;
import dev.penstock.store.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The limits of all instances while their store answers, and what {@link WhenAway} says while it does not. */
final class FleetLimits implements Limits {

    /** When a caller who was refused because nothing can be counted may come back. */
    private static final Duration COME_BACK = Duration.ofSeconds(1);

    /** Whoever looks is more patient than a call. */
    private static final int VIEWED = 8;

    private final Parts parts;
    private final WhenAway mode;
    private final Executor loop;

    private FleetLimits(Parts parts, WhenAway mode, Executor loop) {
        this.parts = parts;
        this.mode = mode;
        this.loop = loop;
    }

    /** @param patience with one answer; after it the store is away */
    record Parts(RedisLimits shared, LocalShare local, Leases leases, Presence presence, Duration patience) {}

    static FleetLimits of(Parts parts) {
        return new FleetLimits(parts, WhenAway.LOCAL_SHARE, Runnable::run);
    }

    @Override
    public Limits of(WhenAway other, Executor onLoop) {
        return new FleetLimits(parts, other, onLoop);
    }

    @Override
    public Mono<Taking> take(List<Claim> claims, Consumer<Taken> holder) {
        return shared(() -> parts.shared().take(claims, holder), () -> takeAway(claims, holder))
                .publishOn(Schedulers.fromExecutor(loop));
    }

    /**
     * What was taken here is settled here. What Redis took is told to it also while it is away: one that only answered late took it all
     * the same. What cannot be told is lost with its window; the end of a permit is told again with the next beat.
     */
    @Override
    public Mono<List<Level>> settle(Taken taken, ToLongFunction<Claim> used) {
        if (taken.claims().isEmpty()) {
            return Mono.just(List.of());
        }
        return LocalShare.took(taken)
                ? parts.local().settle(taken, used)
                : asked(() -> parts.shared().settle(taken, used), () -> forget(taken));
    }

    @Override
    public Mono<List<Level>> look(List<Claim> claims) {
        return shared(() -> parts.shared().look(claims), () -> parts.local().look(claims));
    }

    @Override
    public Mono<List<Level>> subjects(Rule rule) {
        return Mono.defer(() -> isAway() ? parts.local().subjects(rule) : viewed(rule));
    }

    @Override
    public boolean isAway() {
        return parts.presence().isAway();
    }

    /** Thousands of counts, a part after the other: that it takes long does not say that Redis keeps calls waiting. */
    private Mono<List<Level>> viewed(Rule rule) {
        return Reply.within(
                        parts.patience().multipliedBy(VIEWED), parts.shared().subjects(rule))
                .onErrorResume(Presence::tells, failed -> parts.local().subjects(rule));
    }

    private <T> Mono<T> shared(Supplier<Mono<T>> there, Supplier<Mono<T>> away) {
        return Mono.defer(() -> parts.presence().isAway() ? away.get() : asked(there, away));
    }

    private <T> Mono<T> asked(Supplier<Mono<T>> there, Supplier<Mono<T>> away) {
        return Mono.defer(() -> Reply.within(parts.patience(), there.get())
                .doOnError(Presence::tells, parts.presence()::failed)
                .onErrorResume(Presence::tells, failed -> away.get()));
    }

    private Mono<Taking> takeAway(List<Claim> claims, Consumer<Taken> holder) {
        return switch (mode) {
            case CLOSED ->
                Mono.error(() -> new GatewayException(
                        ErrorCode.LIMIT_UNAVAILABLE,
                        Told.NOTHING.after(COME_BACK),
                        "the store of limits does not answer, and degraded.limits is closed"));
            case LOCAL_SHARE -> parts.local().take(claims, holder);
            case OPEN -> Mono.just(new Taken(List.of(), Instant.EPOCH, List.of(), ""));
        };
    }

    private Mono<List<Level>> forget(Taken taken) {
        parts.leases().letGo(taken.id());
        return Mono.just(List.of());
    }
}
