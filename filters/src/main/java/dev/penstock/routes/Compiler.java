package dev.penstock.routes;

import dev.penstock.admit.InboundConfig;
import dev.penstock.exchange.Settings;
import dev.penstock.keys.CallerSettings;
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
import dev.penstock.routes.file.TreeReader;
import dev.penstock.surface.StreamConfig;
import dev.penstock.upstream.UpstreamSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compiles one routes.yml, whole or not at all. */
final class Compiler {

    private final Plugs plugs;
    private final Trial trial;
    private final Function<String, @Nullable String> environment;

    Compiler(Plugs plugs, Trial trial, Function<String, @Nullable String> environment) {
        this.plugs = plugs;
        this.trial = trial;
        this.environment = environment;
    }

    /**
     * @param file its name for messages
     * @param problems what is wrong already; what the file adds to it
     * @throws dev.penstock.routes.file.ConfigException when anything is wrong, with all of it
     */
    Compiled compile(String file, byte[] bytes, Problems problems) {
        Optional<Tree> tree = new TreeReader(file, environment, problems).read(bytes);
        Optional<Sections> sections = tree.flatMap(it -> new Binder(problems).bind(it, Sections.class));
        RouteDefiner definer = new RouteDefiner(plugs, trial, problems);
        List<RoutePlan> plans =
                sections.map(it -> check(tree.get(), it, definer, problems)).orElse(List.of());
        problems.raise();
        definer.make(plans);
        return compiled(tree.orElseThrow(), sections.orElseThrow(), plans);
    }

    private static List<RoutePlan> check(Tree tree, Sections sections, RouteDefiner definer, Problems problems) {
        Checks checks = new Checks(tree, problems);
        checks.check(sections);
        return definer.plan(sections.routes(), sections.defaultFilters(), checks.models());
    }

    private static Compiled compiled(Tree tree, Sections sections, List<RoutePlan> plans) {
        Settings settings = new Settings(
                Fingerprint.of(tree),
                Map.of(
                        UpstreamSettings.class,
                        new UpstreamSettings(sections.providers(), sections.models()),
                        CallerSettings.class,
                        new CallerSettings(sections.services(), sections.teams()),
                        InboundConfig.class,
                        sections.inbound(),
                        StreamConfig.class,
                        sections.stream()));
        return new Compiled(
                settings, plans.stream().map(plan -> plan.definition(settings)).toList(), Warnings.of(sections));
    }
}
