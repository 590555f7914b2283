package dev.penstock.routes;

import dev.penstock.exchange.Settings;
import dev.penstock.exchange.Step;
import dev.penstock.exchange.Unreached;
import dev.penstock.experiment.ExperimentSettings;
import dev.penstock.guard.UnreachedControls;
import dev.penstock.keys.CallerSettings;
import dev.penstock.limit.LimitConfig;
import dev.penstock.limit.LimitSettings;
import dev.penstock.pricing.Prices;
import dev.penstock.prompt.kind.Kinds;
import dev.penstock.routes.bind.Binder;
import dev.penstock.routes.check.Checks;
import dev.penstock.routes.check.Sections;
import dev.penstock.routes.check.Warnings;
import dev.penstock.routes.define.Plugs;
import dev.penstock.routes.define.RouteDefiner;
import dev.penstock.routes.define.RoutePlan;
import dev.penstock.routes.define.Trial;
import dev.penstock.routes.file.Fingerprint;
import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import dev.penstock.routes.source.Merger;
import dev.penstock.routes.source.Sources;
import dev.penstock.upstream.UpstreamSettings;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compiles one routes.yml with its includes, whole or not at all. */
final class Compiler {

    private final Plugs plugs;
    private final Trial trial;
    private final Supplier<Kinds> kinds;
    private final Function<String, @Nullable String> environment;

    Compiler(Plugs plugs, Trial trial, Supplier<Kinds> kinds, Function<String, @Nullable String> environment) {
        this.plugs = plugs;
        this.trial = trial;
        this.kinds = kinds;
        this.environment = environment;
    }

    /**
     * @param problems what is wrong already; what the file adds to it
     * @throws dev.penstock.routes.file.ConfigException when anything is wrong, with all of it
     */
    Compiled compile(Sources sources, Problems problems) {
        Optional<Tree> tree = new Merger(environment, problems).tree(sources);
        Optional<Sections> sections = tree.flatMap(it -> new Binder(problems).bind(it, Sections.class));
        RouteDefiner definer = new RouteDefiner(plugs, trial, problems);
        List<RoutePlan> plans =
                sections.map(it -> check(tree.get(), it, definer, problems)).orElse(List.of());
        problems.raise();
        definer.make(plans);
        return compiled(tree.orElseThrow(), sections.orElseThrow(), plans);
    }

    private List<RoutePlan> check(Tree tree, Sections sections, RouteDefiner definer, Problems problems) {
        Checks checks = new Checks(tree, kinds, problems);
        checks.check(sections);
        new ContentChecks(environment, problems).check(sections.audit(), tree.nearest("audit.content"));
        List<RoutePlan> plans = definer.plan(sections.routes(), sections.defaultFilters(), checks.models());
        checks.rollout(sections.rollout(), without(Step.ASSIGN_VARIANT, plans));
        return plans;
    }

    private static Prices prices(Sections sections) {
        Map<String, Prices.Provider> providers = new HashMap<>();
        sections.providers().forEach((name, provider) -> {
            String host = provider.baseUrl().map(URI::getHost).orElse("");
            providers.put(
                    name,
                    new Prices.Provider(
                            provider.dialect(), host, provider.cost().isPresent()));
        });
        return new Prices(sections.prices(), providers);
    }

    /** The ids of our routes that a step is not on. */
    private static List<String> without(Step step, List<RoutePlan> plans) {
        return plans.stream()
                .filter(plan -> plan.lacks(step))
                .map(plan -> plan.route().id())
                .toList();
    }

    private static LimitSettings limits(Sections sections) {
        return new LimitSettings(
                limits(sections.services(), it -> it.limits()),
                limits(sections.teams(), it -> it.limits()),
                limits(sections.providers(), it -> it.limits()),
                sections.degraded().limits());
    }

    private static <T> Map<String, List<LimitConfig>> limits(Map<String, T> at, Function<T, List<LimitConfig>> limits) {
        Map<String, List<LimitConfig>> found = new HashMap<>();
        at.forEach((name, it) -> found.put(name, limits.apply(it)));
        return found;
    }

    private static UpstreamSettings upstream(Sections sections, Prices prices) {
        Map<String, String> probes =
                ProbeModels.of(sections, prices, Clock.systemUTC().instant());
        return new UpstreamSettings(sections.providers(), sections.models(), prices::contextWindow, probes);
    }

    private static Compiled compiled(Tree tree, Sections sections, List<RoutePlan> plans) {
        Prices prices = prices(sections);
        List<Object> all = List.of(
                upstream(sections, prices),
                new CallerSettings(sections.services(), sections.teams(), sections.callers()),
                sections.inbound(),
                sections.stream(),
                Budgets.of(sections),
                sections.audit(),
                sections.alerts(),
                prices,
                limits(sections),
                Guards.of(sections),
                new Unreached(new UnreachedControls(Guards.of(sections))),
                new ExperimentSettings(sections.experiments(), sections.rollout()),
                Shadows.of(sections));
        Map<Class<?>, Object> byClass = all.stream().collect(Collectors.toMap(Object::getClass, it -> it));
        Settings settings = new Settings(Fingerprint.of(tree), byClass);
        List<String> unlimited = without(Step.RATE_LIMIT, plans);
        List<String> unassigned = without(Step.ASSIGN_VARIANT, plans);
        List<String> unguarded = Stream.concat(
                        without(Step.GUARD_INPUT, plans).stream(), without(Step.GUARD_OUTPUT, plans).stream())
                .distinct()
                .toList();
        return new Compiled(
                settings,
                plans.stream().map(plan -> plan.definition(settings)).toList(),
                Warnings.of(sections, prices, new Warnings.Without(unlimited, unassigned, unguarded)));
    }
}
