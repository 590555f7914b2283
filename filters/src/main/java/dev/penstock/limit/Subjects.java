package dev.penstock.limit;

import dev.penstock.core.Asked;
import dev.penstock.core.Caller;
import dev.penstock.core.Weight;
import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.limit.bucket.Claim;
import dev.penstock.limit.bucket.Rule;
import dev.penstock.limit.bucket.Rule.Measure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes claims of rules: whose count it is, and how much is wanted. */
final class Subjects {

    /** Output tokens of an answer that may be of any length; what was wrong is put right at its end. */
    private static final int UNCAPPED_OUTPUT = 256;

    private Subjects() {}

    /** {@code attempt} is absent for rules that hold for the request; {@code asked} is what is sent. */
    static List<Claim> claims(List<Rule> rules, LlmExchange exchange, @Nullable Attempt attempt, Asked asked) {
        List<Claim> claims = new ArrayList<>(rules.size());
        for (Rule rule : rules) {
            claims.add(new Claim(rule, subject(rule, exchange, attempt), amount(rule, asked)));
        }
        return claims;
    }

    /** Key ids are a service's own, so the service stands before them; the same of models and their providers. */
    static String ofCaller(Rule rule, Caller caller) {
        return switch (rule.by()) {
            case TEAM -> caller.team();
            case KEY -> caller.service() + "/" + caller.keyId();
            default -> caller.service();
        };
    }

    private static String subject(Rule rule, LlmExchange exchange, @Nullable Attempt attempt) {
        return switch (rule.by()) {
            case ROUTE -> exchange.routeId();
            case MODEL -> attempt == null ? "" : attempt.provider() + "/" + attempt.model();
            case PROVIDER -> attempt == null ? "" : attempt.provider();
            default -> ofCaller(rule, exchange.get(Fact.CALLER));
        };
    }

    /** One request that is larger than the limit may pass when nothing else has: it could never be answered otherwise. */
    private static long amount(Rule rule, Asked asked) {
        return rule.of() == Measure.TOKENS ? Math.min(rule.limit(), estimate(asked)) : 1;
    }

    private static long estimate(Asked asked) {
        Weight weight = asked.weight();
        long output = weight.outputCap() == 0 ? UNCAPPED_OUTPUT : weight.outputCap();
        return weight.inputEstimate() + weight.choices() * output;
    }
}
