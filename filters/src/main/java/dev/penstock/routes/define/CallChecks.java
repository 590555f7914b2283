package dev.penstock.routes.define;

import dev.penstock.routes.bind.Names;
import dev.penstock.routes.define.Call.Form;
import dev.penstock.routes.file.Problems;
import java.util.Locale;
import java.util.Optional;

/** Checks one filter or predicate: known, its arguments known and usable, and working where it stands. */
final class CallChecks {

    private final Plugs plugs;
    private final Trial trial;
    private final Problems problems;

    CallChecks(Plugs plugs, Trial trial, Problems problems) {
        this.plugs = plugs;
        this.trial = trial;
        this.problems = problems;
    }

    void predicate(Call call) {
        Optional<Plug> plug = plugs.predicate(call.name());
        if (plug.isEmpty()) {
            problems.add(call.at(), Names.unknown("predicate", call.at(), call.name(), plugs.predicates()));
        } else {
            arguments(call, plug.get());
        }
    }

    /** A filter of a route that Spring itself sends on. */
    void ordinary(Call call) {
        if (plugs.step(call.name())) {
            problems.add(
                    call.at(), call.name() + " is a step of llm:// routes (expected: uri llm://any or llm://NAME)");
        } else {
            filter(call);
        }
    }

    /** A filter of an {@code llm://} route, or a default of those. */
    void llm(Call call) {
        if (plugs.filter(call.name()).isEmpty() || plugs.step(call.name())) {
            filter(call);
        } else if (OrdinaryFilters.works(call.name())) {
            header(call);
            filter(call);
        } else if (!call.name().equals("LocalResponseCache")) {
            String instead = OrdinaryFilters.instead(call.name());
            problems.add(call.at(), call.name() + " does not work on llm:// routes (use instead: " + instead + ")");
        } else {
            filter(call);
        }
    }

    private void filter(Call call) {
        if (LaterFilters.has(call.name())) {
            problems.add(call.at(), call.name() + " is not in this version");
        } else if (call.name().equals("LocalResponseCache")) {
            problems.add(
                    call.at(), "LocalResponseCache is refused: CVE-2026-59426, CVE-2026-59427 (expected: no filter)");
        } else if (plugs.filter(call.name()).isEmpty()) {
            problems.add(call.at(), Names.unknown("filter", call.at(), call.name(), plugs.filters()));
        } else {
            arguments(call, plugs.filter(call.name()).get());
        }
    }

    private void arguments(Call call, Plug plug) {
        if (call.args().values().stream().anyMatch(it -> it.contains("#{"))
                || !new ArgumentChecks(problems).check(call, plug)) {
            return;
        }
        trial.failure(plug, call.args())
                .ifPresent(kind -> problems.add(
                        call.at(),
                        plug.name() + ": arguments that it refuses with " + kind + " (expected: " + expected(plug)
                                + ")"));
    }

    private static String expected(Plug plug) {
        return plug.arguments().isEmpty() ? "none" : "values for " + String.join(", ", plug.arguments());
    }

    private void header(Call call) {
        String header = call.form() == Form.NAMED
                ? call.args().getOrDefault("name", "")
                : call.args().values().stream().findFirst().orElse("");
        if (OrdinaryFilters.owned(header.strip().toLowerCase(Locale.ROOT))) {
            problems.add(call.at(), call.name() + " on a header that WriteAnswer sets (expected: another header)");
        }
    }
}
