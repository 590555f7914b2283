package dev.penstock.limit.redis;

import dev.penstock.limit.bucket.Claim;
import dev.penstock.limit.bucket.EmbeddedLimits;
import dev.penstock.limit.bucket.Rule;
import dev.penstock.limit.bucket.Rule.Measure;
import java.util.ArrayList;
import java.util.List;

/**
 * The names of keys. The part in braces puts all of them into one slot of a cluster, so that a call can take from limits of a
 * service, a team and a provider at once. The digit is the form of what they hold.
 */
final class Keys {

    static final String LIVING = "penstock:{limits}:1:living";

    private static final String PREFIX = "penstock:{limits}:1:";

    private Keys() {}

    /** Of each claim three: its count, the index of its rule's subjects, the count of those that there are too many of. */
    static List<String> of(List<Claim> claims) {
        List<String> keys = new ArrayList<>(claims.size() * 3);
        for (Claim claim : claims) {
            String rule = index(claim.rule());
            keys.add(rule + "|" + claim.subject());
            keys.add(rule);
            keys.add(rule + "|" + EmbeddedLimits.OTHERS);
        }
        return keys;
    }

    static String count(Claim claim) {
        return index(claim.rule()) + "|" + claim.subject();
    }

    // of all rules that count together: names hold no '|', but for a subject, which comes last
    static String index(Rule rule) {
        return PREFIX + rule.owner() + "|" + rule.by().wire() + "|" + rule.of().wire() + "|" + micros(rule) + "|"
                + kind(rule);
    }

    static String kind(Rule rule) {
        return rule.of() == Measure.CONCURRENT ? "concurrent" : rule.smooth() ? "smooth" : "aligned";
    }

    static String micros(Rule rule) {
        return Long.toString(rule.per().toNanos() / 1000);
    }
}
