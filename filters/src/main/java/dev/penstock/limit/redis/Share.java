package dev.penstock.limit.redis;

import dev.penstock.limit.bucket.Claim;
import dev.penstock.limit.bucket.Rule;
import java.util.List;

/** One instance's part of limits, so that all of them together keep about the whole. */
record Share(int instances) {

    List<Claim> of(List<Claim> claims) {
        return claims.stream()
                .map(claim -> {
                    Rule rule = of(claim.rule());
                    return new Claim(rule, claim.subject(), Math.min(claim.amount(), rule.limit()));
                })
                .toList();
    }

    /** At least 1, or a small limit would be none at all. */
    Rule of(Rule rule) {
        long part = Math.max(1, rule.limit() / instances);
        return new Rule(rule.owner(), rule.by(), rule.of(), part, rule.per(), rule.smooth());
    }
}
