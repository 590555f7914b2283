package dev.penstock.routes.check;

import dev.penstock.guard.GuardrailConfig;
import dev.penstock.guard.GuardrailConfig.Action;
import dev.penstock.guard.GuardrailConfig.ModeratorConfig;
import dev.penstock.guard.GuardrailConfig.Rule;
import dev.penstock.routes.bind.Names;
import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import dev.penstock.upstream.ProviderConfig;
import java.util.List;
import java.util.Map;

/** Checks who is asked by {@code rule: moderation}, and what for. */
final class ModeratorChecks {

    private static final String SPEAKS = "openai";

    private final Problems problems;
    private final Map<String, ProviderConfig> providers;

    ModeratorChecks(Problems problems, Map<String, ProviderConfig> providers) {
        this.problems = problems;
        this.providers = providers;
    }

    void check(List<GuardrailConfig> guardrail, Tree list) {
        for (int i = 0; i < guardrail.size(); i++) {
            if (guardrail.get(i).rule() == Rule.MODERATION) {
                check(guardrail.get(i), Lists.item(list, i));
            }
        }
    }

    private void check(GuardrailConfig config, Tree at) {
        if (config.action() == Action.REDACT) {
            problems.add(at.nearest("action"), "redact (expected: allow, flag or block: a text is judged as a whole)");
        }
        if (config.moderator().isEmpty()) {
            problems.missing(at, "moderator", "a mapping with a provider");
            return;
        }
        check(config.moderator().get(), at.nearest("moderator"));
    }

    private void check(ModeratorConfig moderator, Tree at) {
        ProviderConfig provider = providers.get(moderator.provider());
        Tree found = at.nearest("provider");
        if (provider == null) {
            problems.add(found, Names.unknown("provider", found, moderator.provider(), providers.keySet()));
        } else if (!provider.dialect().equals(SPEAKS)) {
            problems.add(found, "a provider of dialect " + provider.dialect() + " (expected: dialect: " + SPEAKS + ")");
        }
        if (moderator.timeout().isNegative() || moderator.timeout().isZero()) {
            problems.add(at.nearest("timeout"), "no time (expected: such as 2s)");
        }
        moderator.thresholds().forEach((category, least) -> {
            if (!(least > 0 && least <= 1)) {
                problems.add(
                        at.nearest("thresholds").nearest(category), least + " (expected: a score above 0, 1 at most)");
            }
        });
    }
}
