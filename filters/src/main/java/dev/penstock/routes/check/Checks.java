package dev.penstock.routes.check;

import dev.penstock.admit.InboundConfig;
import dev.penstock.audit.AuditConfig;
import dev.penstock.core.WebAddress;
import dev.penstock.experiment.RolloutConfig;
import dev.penstock.limit.bucket.Rule.By;
import dev.penstock.prompt.kind.Kinds;
import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import dev.penstock.surface.StreamConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Every check of the file that is not about its routes. */
public final class Checks {

    private static final List<Rule<InboundConfig>> INBOUND = List.of(
            new Rule<>(
                    "max-body",
                    it -> it.maxBody().toBytes() >= 1 && it.maxBody().toBytes() <= Integer.MAX_VALUE,
                    "1B to 2047MB"),
            Rule.within("max-depth", InboundConfig::maxDepth, 1, 500),
            Rule.positive("body-timeout", InboundConfig::bodyTimeout));
    private static final List<Rule<AuditConfig>> AUDIT = List.of(Rule.positive("retention", AuditConfig::retention));
    private static final List<Rule<StreamConfig>> STREAM = List.of(Rule.positive("heartbeat", StreamConfig::heartbeat));

    private final Tree root;
    private final Supplier<Kinds> kinds;
    private final Problems problems;

    /** {@code kinds} is asked only where an experiment names one. */
    public Checks(Tree root, Supplier<Kinds> kinds, Problems problems) {
        this.root = root;
        this.kinds = kinds;
        this.problems = problems;
    }

    public void check(Sections sections) {
        TextChecks texts = new TextChecks(problems);
        texts.secrets(root);
        root.find("routes").ifPresent(texts::expressions);
        root.find("default-filters").ifPresent(texts::expressions);
        new NameChecks(problems).check(root);
        entries(sections);
        new PriceChecks(problems, NameChecks.of(root, "providers"))
                .check(sections.prices(), root.nearest("prices.overrides"));
        if (!problems.under("inbound")) {
            inbound(sections.inbound(), root.nearest("inbound"));
        }
        if (!problems.under("callers")) {
            new IdentityChecks(problems).check(sections.callers(), root.nearest("callers"));
        }
        if (!problems.under("alerts")) {
            webhook(sections.alerts().webhook(), root.nearest("alerts.webhook"));
        }
        if (!problems.under("audit")) {
            webhook(sections.audit().checkpoints().webhook(), root.nearest("audit.checkpoints.webhook"));
            Rule.check(AUDIT, sections.audit(), root.nearest("audit"), problems);
            new ShipperChecks(problems).check(sections.audit().shippers(), root.nearest("audit.shippers"));
        }
        if (!problems.under("stream")) {
            Rule.check(STREAM, sections.stream(), root.nearest("stream"), problems);
        }
    }

    /** Under a rollout every route of ours must hold it: {@code without} are those that would not. */
    public void rollout(RolloutConfig rollout, List<String> without) {
        if (!rollout.realTraffic().isAll() && !without.isEmpty()) {
            problems.add(
                    root.nearest("rollout.real-traffic"),
                    "would not hold on routes without AssignVariant: " + String.join(", ", without)
                            + " (expected: AssignVariant in default-filters)");
        }
    }

    private void webhook(String address, Tree at) {
        if (!address.isEmpty() && WebAddress.of(address).isEmpty()) {
            problems.add(at, "no web address (expected: such as https://host/path, or nothing)");
        }
    }

    private void inbound(InboundConfig inbound, Tree at) {
        Rule.check(INBOUND, inbound, at, problems);
        if (problems.under("inbound") || inbound.inFlightBytes().compareTo(inbound.maxBody()) >= 0) {
            return;
        }
        // either may be a default, which has no place in the file
        Tree found = at.find("in-flight-bytes").orElse(at.nearest("max-body"));
        boolean total = at.find("in-flight-bytes").isPresent();
        String expected = total
                ? "at least max-body, " + inbound.maxBody().toBytes() + "B"
                : "at most in-flight-bytes, " + inbound.inFlightBytes().toBytes() + "B";
        problems.add(found, found.kind() + " (expected: " + expected + ")");
    }

    private void entries(Sections sections) {
        Set<String> providers = NameChecks.of(root, "providers");
        Set<String> models = NameChecks.of(root, "models");
        ProviderChecks provider = new ProviderChecks(problems);
        CallerChecks caller = new CallerChecks(problems, NameChecks.of(root, "teams"));
        LimitChecks limits = new LimitChecks(problems);
        BudgetChecks budgets = new BudgetChecks(problems);
        GuardChecks guards = new GuardChecks(problems, NameChecks.of(root, "guardrails"), sections.providers());
        each("guardrails", sections.guardrails(), (name, it) -> guards.check(it, entry("guardrails", name)));
        budgets.check(sections.global().budget(), root.nearest("global"));
        PatternChecks patterns = new PatternChecks(problems, models, providers);
        each("providers", sections.providers(), (name, it) -> {
            provider.check(it, entry("providers", name));
            limits.check(it.limits(), By.PROVIDER, entry("providers", name));
            budgets.check(it.budget(), entry("providers", name));
        });
        each("services", sections.services(), (name, it) -> {
            caller.check(it, entry("services", name));
            patterns.check(it, entry("services", name));
            limits.check(it.limits(), By.SERVICE, entry("services", name));
            guards.named(it.guardrails(), entry("services", name));
            limits.team(it.limits(), it.team(), entry("services", name));
            budgets.check(it, entry("services", name));
        });
        each("teams", sections.teams(), (name, it) -> {
            guards.named(it.guardrails(), entry("teams", name));
            limits.check(it.limits(), By.TEAM, entry("teams", name));
            budgets.check(it.budget(), entry("teams", name));
        });
        models(sections, providers);
    }

    private void models(Sections sections, Set<String> providers) {
        ModelChecks model = new ModelChecks(problems, providers);
        BudgetChecks budgets = new BudgetChecks(problems);
        ExperimentChecks experiment = new ExperimentChecks(problems, models(), kinds);
        each("models", sections.models(), (name, it) -> {
            model.check(name, it, entry("models", name));
            it.shadow()
                    .ifPresent(shadow ->
                            budgets.check(shadow.budget(), entry("models", name).nearest("shadow")));
        });
        each("experiments", sections.experiments(), (name, it) -> experiment.check(it, entry("experiments", name)));
    }

    private <T> void each(String section, Map<String, T> bound, BiConsumer<String, T> check) {
        bound.forEach((name, it) -> {
            if (!problems.under(entry(section, name).path())) {
                check.accept(name, it);
            }
        });
    }

    // not nearest(): names of models and providers may hold dots
    private Tree entry(String section, String name) {
        Tree at = root.nearest(section);
        return at instanceof Tree.Entries entries && entries.entries().containsKey(name)
                ? entries.entries().get(name).value()
                : at;
    }

    /** The names of {@code models:}, also of those that are not right. */
    public Set<String> models() {
        return NameChecks.of(root, "models");
    }
}
