package dev.penstock.routes.define;

import dev.penstock.exchange.ParseStep;
import dev.penstock.routes.bind.Binder;
import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads and checks {@code routes:} and {@code default-filters:}. */
public final class RouteDefiner {

    private final Plugs plugs;
    private final Trial trial;
    private final Problems problems;
    private final CallReader reader;
    private final CallChecks checks;
    private final LlmFilters llm;
    private final Set<String> ids = new HashSet<>();

    public RouteDefiner(Plugs plugs, Trial trial, Problems problems) {
        this.plugs = plugs;
        this.trial = trial;
        this.problems = problems;
        this.reader = new CallReader(problems);
        this.checks = new CallChecks(plugs, trial, problems);
        this.llm = new LlmFilters(plugs, checks, problems);
    }

    /**
     * The routes that are right; what is wrong with the others is told.
     *
     * @param models the names that {@code llm://NAME} may use
     */
    public List<RoutePlan> plan(List<Tree> routes, List<Tree> defaultFilters, Set<String> models) {
        List<Call> defaults = reader.read(defaultFilters);
        llm.defaults(defaults);
        RouteChecks uris = new RouteChecks(problems, models);
        List<RoutePlan> plans = new ArrayList<>();
        for (Tree tree : routes) {
            Optional<RouteConfig> bound = new Binder(problems).bind(tree, RouteConfig.class);
            bound.ifPresent(route -> {
                uris.check(route, tree);
                plans.add(plan(route, tree, defaults));
            });
        }
        return plans;
    }

    /** Makes each step once, so that one that cannot be made stops the start; Spring would only log it. */
    public void make(List<RoutePlan> plans) {
        plans.stream()
                .flatMap(plan -> plan.filters().stream())
                .forEach(call -> plugs.filter(call.name()).ifPresent(plug -> trial.make(plug, call.args())));
    }

    private RoutePlan plan(RouteConfig route, Tree tree, List<Call> defaults) {
        if (!ids.add(route.id())) {
            problems.add(tree.nearest("id"), tree.nearest("id").kind() + " twice (expected: an id of its own)");
        }
        List<Call> predicates = reader.read(route.predicates());
        predicates.forEach(checks::predicate);
        List<Call> own = reader.read(route.filters());
        if (!route.llm()) {
            own.forEach(checks::ordinary);
            return new RoutePlan(route, predicates, own, null);
        }
        List<Call> all = llm.expand(tree, own, defaults);
        ParseStep parse = all.stream()
                .flatMap(call -> plugs.parse(call.name()).stream())
                .findFirst()
                .orElse(null);
        return new RoutePlan(route, predicates, all, parse == null ? null : parse.surface());
    }
}
