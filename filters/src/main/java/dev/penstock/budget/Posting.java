package dev.penstock.budget;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An amount of nano-USD under the key that money is counted under.
 *
 * @param ends of the key's window
 */
record Posting(String key, Instant ends, long amount) {

    static Posting of(Claim claim) {
        return new Posting(claim.account().key(), claim.account().ends(), claim.amount());
    }

    /** One for each key of both, with the amount of {@code now}, else 0. */
    static List<Posting> over(List<Posting> before, List<Posting> now) {
        Map<String, Posting> all = new LinkedHashMap<>();
        before.forEach(it -> all.put(it.key(), new Posting(it.key(), it.ends(), 0)));
        now.forEach(it -> all.put(it.key(), it));
        return List.copyOf(all.values());
    }
}
