package dev.penstock.routes.define;

import dev.penstock.exchange.Step;
import dev.penstock.routes.bind.Names;
import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The filters of one {@code llm://} route: its own and, for names that it does not mention, the defaults. */
final class LlmFilters {

    private static final String PARSE = Step.PARSE.filter() + "…";

    private final Plugs plugs;
    private final CallChecks checks;
    private final Problems problems;

    LlmFilters(Plugs plugs, CallChecks checks, Problems problems) {
        this.plugs = plugs;
        this.checks = checks;
        this.problems = problems;
    }

    /** Checks {@code default-filters}. */
    void defaults(List<Call> defaults) {
        defaults.forEach(call -> {
            if (call.off()) {
                problems.add(call.at(), call.name() + "=off has no effect here (expected: no such line)");
            } else {
                checks.llm(call);
            }
        });
        once(defaults);
    }

    /** Expands one route's filters, ordinary ones first, so that their orders begin at 1. */
    List<Call> expand(Tree route, List<Call> own, List<Call> defaults) {
        Set<String> named = new HashSet<>();
        own.forEach(call -> named.add(call.name()));
        own.forEach(call -> own(call, defaults));
        once(own);
        List<Call> all = Stream.concat(
                        defaults.stream().filter(call -> !named.contains(call.name())),
                        own.stream().filter(call -> !call.off()))
                .toList();
        if (!problems.under(route.path()) && !problems.under("default-filters")) {
            structure(route, names(all));
        }
        List<Call> ordered = new ArrayList<>(
                all.stream().filter(call -> !plugs.step(call.name())).toList());
        ordered.addAll(all.stream().filter(call -> plugs.step(call.name())).toList());
        return ordered;
    }

    private void own(Call call, List<Call> defaults) {
        if (!call.off()) {
            checks.llm(call);
        } else if (LaterFilters.has(call.name())) {
            problems.add(call.at(), call.name() + " is not in this version");
        } else if (mandatory(call.name())) {
            problems.add(call.at(), call.name() + "=off on a mandatory step (expected: no such line)");
        } else if (!names(defaults).contains(call.name())) {
            problems.add(
                    call.at(), "=off of " + Names.unknown("default filter", call.at(), call.name(), names(defaults)));
        }
    }

    private void once(List<Call> calls) {
        Set<String> seen = new HashSet<>();
        calls.stream()
                .filter(call -> plugs.step(call.name()) && !seen.add(call.name()))
                .forEach(call -> problems.add(call.at(), call.name() + " twice (expected: once)"));
    }

    private void structure(Tree route, List<String> names) {
        List<String> missing = mandatory().filter(name -> !names.contains(name)).toList();
        if (!missing.isEmpty()) {
            problems.add(
                    route,
                    "mandatory steps missing: " + String.join(", ", missing)
                            + " (expected: in default-filters or on the route)");
        }
        List<String> parses =
                names.stream().filter(name -> plugs.parse(name).isPresent()).toList();
        if (parses.size() != 1) {
            String found = parses.isEmpty() ? "no " + PARSE + " filter" : String.join(" and ", parses);
            problems.add(route, found + " (expected: exactly one " + PARSE + " filter)");
        }
        needs(route, names, Step.FIT_SCHEMA.filter(), "ParseContent");
        needs(route, names, "ParseContent", Step.FIT_SCHEMA.filter());
        needs(route, names, "ParseContent", Step.RENDER_PROMPT.filter());
    }

    private void needs(Tree route, List<String> names, String filter, String other) {
        if (names.contains(filter) && !names.contains(other)) {
            problems.add(route, filter + " without " + other + " (expected: both)");
        }
    }

    private boolean mandatory(String name) {
        return plugs.parse(name).isPresent() || mandatory().anyMatch(name::equals);
    }

    private static Stream<String> mandatory() {
        return Arrays.stream(Step.values())
                .filter(step -> step.mandatory() && step != Step.PARSE)
                .map(Step::filter);
    }

    private static List<String> names(List<Call> calls) {
        return calls.stream().map(Call::name).toList();
    }
}
