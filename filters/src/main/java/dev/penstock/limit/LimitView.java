package dev.penstock.limit;

import dev.penstock.core.Caller;
import dev.penstock.exchange.Settings;
import dev.penstock.limit.RuleBook.Page;
import dev.penstock.limit.bucket.Claim;
import dev.penstock.limit.bucket.Level;
import dev.penstock.limit.bucket.Limits;
import dev.penstock.limit.bucket.Rule;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How limits stand, for those who ask; takes nothing. Thread-safe. */
public final class LimitView {

    private final Limits limits;

    LimitView(Limits limits) {
        this.limits = limits;
    }

    /** Every rule of a configuration, by each subject that used it; a rule that nobody used has one with an empty name. */
    public Mono<List<Level>> all(Settings settings) {
        return levels(RuleBook.of(settings).all());
    }

    /** Whether limits are not shared between instances now, since their store does not answer. */
    public boolean isAway() {
        return limits.isAway();
    }

    /** What holds for one caller, shared counts included. */
    public Mono<List<Level>> of(Caller caller, Settings settings) {
        Page page = RuleBook.of(settings).of(caller);
        List<Rule> rules =
                Stream.concat(page.request().stream(), page.attempt().stream()).toList();
        List<Claim> own = rules.stream()
                .filter(LimitView::isOfCaller)
                .map(rule -> new Claim(rule, Subjects.ofCaller(rule, caller), 0))
                .toList();
        List<Rule> others = rules.stream().filter(rule -> !isOfCaller(rule)).toList();
        return limits.look(own)
                .zipWith(
                        levels(others),
                        (first, second) ->
                                Stream.concat(first.stream(), second.stream()).toList());
    }

    private Mono<List<Level>> levels(List<Rule> rules) {
        return Flux.fromIterable(rules)
                .concatMap(rule -> limits.subjects(rule).map(seen -> seen.isEmpty() ? List.of(unused(rule)) : seen))
                .concatMapIterable(seen -> seen)
                .collectList();
    }

    private static Level unused(Rule rule) {
        return new Level(rule, "", rule.limit(), Duration.ZERO);
    }

    private static boolean isOfCaller(Rule rule) {
        return switch (rule.by()) {
            case SERVICE, TEAM, KEY -> true;
            case MODEL, PROVIDER, ROUTE -> false;
        };
    }
}
