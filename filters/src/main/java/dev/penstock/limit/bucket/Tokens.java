package dev.penstock.limit.bucket;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.time.Duration;
import java.time.Instant;

/** A token bucket. The windows of one that is not smooth begin at multiples of their length since 1970, in UTC. */
final class Tokens implements Count {

    private final Rule rule;
    private final TimeMeter time;
    private final long per;
    private final Bucket bucket;

    Tokens(Rule rule, TimeMeter time) {
        this.rule = rule;
        this.time = time;
        this.per = rule.per().toNanos();
        this.bucket = Bucket.builder()
                .addLimit(limit -> rule.smooth()
                        ? limit.capacity(rule.limit()).refillGreedy(rule.limit(), rule.per())
                        : limit.capacity(rule.limit())
                                .refillIntervallyAligned(rule.limit(), rule.per(), at(next(time.currentTimeNanos()))))
                .withCustomTimePrecision(time)
                // its owner holds a lock, over all that are taken from together
                .withSynchronizationStrategy(SynchronizationStrategy.NONE)
                .build();
    }

    @Override
    public Duration until(long amount) {
        return amount == 0 || amount <= remaining()
                ? Duration.ZERO
                : Duration.ofNanos(bucket.estimateAbilityToConsume(amount).getNanosToWaitForRefill());
    }

    @Override
    public void take(long amount) {
        if (amount > 0) {
            bucket.tryConsume(amount);
        }
    }

    @Override
    public void charge(long amount) {
        if (amount > 0) {
            bucket.consumeIgnoringRateLimits(amount);
        }
    }

    @Override
    public void settle(long taken, long used, long takenAt) {
        if (used > taken) {
            charge(used - taken);
        } else if (used < taken && (rule.smooth() || next(takenAt) == next(time.currentTimeNanos()))) {
            bucket.addTokens(taken - used);
        }
    }

    @Override
    public long limit() {
        return rule.limit();
    }

    @Override
    public long remaining() {
        return bucket.getAvailableTokens();
    }

    @Override
    public Duration reset(long remaining) {
        long missing = rule.limit() - remaining;
        if (missing <= 0) {
            return Duration.ZERO;
        }
        if (rule.smooth()) {
            return Duration.ofNanos((long) Math.ceil((double) missing / rule.limit() * per));
        }
        long windows = (missing - 1) / rule.limit();
        long now = time.currentTimeNanos();
        return Duration.ofNanos(next(now) - now).plus(rule.per().multipliedBy(windows));
    }

    @Override
    public boolean idle() {
        return remaining() >= rule.limit();
    }

    /** When the next window begins. */
    private long next(long now) {
        return (Math.floorDiv(now, per) + 1) * per;
    }

    private static Instant at(long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }
}
