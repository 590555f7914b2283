package dev.penstock.limit.redis;

import dev.penstock.limit.bucket.Claim;
import dev.penstock.limit.bucket.Level;
import dev.penstock.limit.bucket.Rule.Measure;
import dev.penstock.limit.bucket.Taking;
import dev.penstock.limit.bucket.Taking.Refused;
import dev.penstock.limit.bucket.Taking.Taken;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** What is said to {@code limits-1.lua}, and what its answers mean. */
final class Words {

    /** The three numbers of each claim come after the verdict and the time. */
    private static final int HEAD = 2;

    private final Duration lease;
    private final int most;
    private final Supplier<String> now;

    /** @param now microseconds since 1970; empty for Redis' own clock, which is what decides but for tests */
    Words(Duration lease, int most, Supplier<String> now) {
        this.lease = lease;
        this.most = most;
        this.now = now;
    }

    List<String> take(List<Claim> claims, String id) {
        return ask(List.of("take", id, now.get(), "0"), claims, claim -> 0);
    }

    List<String> settle(Taken taken, ToLongFunction<Claim> used) {
        String at = Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, taken.at()));
        return ask(
                List.of("settle", taken.id(), now.get(), at),
                taken.claims(),
                claim -> claim.rule().of() == Measure.CONCURRENT ? 0 : used.applyAsLong(claim));
    }

    List<String> look(List<Claim> claims) {
        return ask(List.of("look", "", now.get(), "0"), claims, claim -> 0);
    }

    private List<String> ask(List<String> head, List<Claim> claims, ToLongFunction<Claim> used) {
        List<String> words = new ArrayList<>(6 + claims.size() * 6);
        words.addAll(head);
        words.add(Long.toString(lease.toMillis()));
        words.add(Integer.toString(most));
        for (Claim claim : claims) {
            words.add(Keys.kind(claim.rule()));
            words.add(Long.toString(claim.rule().limit()));
            words.add(Keys.micros(claim.rule()));
            words.add(Long.toString(claim.amount()));
            words.add(Long.toString(used.applyAsLong(claim)));
            words.add(claim.subject());
        }
        return words;
    }

    static Taking taking(List<Claim> claims, String id, List<Long> answer) {
        List<Level> levels = levels(claims, answer);
        if (answer.get(0) == 1) {
            return new Taken(claims, Instant.EPOCH.plus(answer.get(1), ChronoUnit.MICROS), levels, id);
        }
        int last = 0;
        for (int i = 1; i < claims.size(); i++) {
            last = wait(i, answer).compareTo(wait(last, answer)) > 0 ? i : last;
        }
        return new Refused(levels.get(last), wait(last, answer), levels);
    }

    static List<Level> levels(List<Claim> claims, List<Long> answer) {
        List<Level> levels = new ArrayList<>(claims.size());
        for (int i = 0; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            long remaining = answer.get(HEAD + i * 3);
            levels.add(new Level(claim.rule(), claim.subject(), remaining, micros(answer.get(HEAD + i * 3 + 1))));
        }
        return levels;
    }

    private static Duration wait(int claim, List<Long> answer) {
        return micros(answer.get(HEAD + claim * 3 + 2));
    }

    private static Duration micros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
