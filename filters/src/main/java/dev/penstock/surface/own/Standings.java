package dev.penstock.surface.own;

import dev.penstock.budget.BudgetView;
import dev.penstock.limit.bucket.Level;
import dev.penstock.limit.bucket.Rule;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes how limits and budgets stand, for callers and administrators alike. */
public final class Standings {

    private Standings() {}

    /** Money in USD. */
    public static void budgets(List<BudgetView.Line> lines, ArrayNode to) {
        lines.forEach(line -> budget(line, to.addObject()));
    }

    /** {@code spent_at} is there only where a budget will be spent before its window ends, if it goes on as in the last hour. */
    private static void budget(BudgetView.Line line, ObjectNode to) {
        to.put("budget", line.account())
                .put("window", line.window())
                .put("limit_usd", line.limit())
                .put("spent_usd", line.spent())
                .put("held_usd", line.held())
                .put("resets_at", line.resetsAt().toString());
        line.spentAt().ifPresent(at -> to.put("spent_at", at.toString()));
    }

    /** {@code scope} is where the limit is declared, {@code reset_ms} until all of it is there again. */
    public static void limits(List<Level> levels, ArrayNode to) {
        levels.forEach(level -> limit(level, to.addObject()));
    }

    private static void limit(Level level, ObjectNode to) {
        Rule rule = level.rule();
        to.put("scope", rule.owner())
                .put("by", rule.by().wire())
                .put("subject", level.subject())
                .put("of", rule.of().wire())
                .put("limit", rule.limit());
        if (!rule.per().isZero()) {
            to.put("per", Rule.span(rule.per()));
        }
        to.put("remaining", level.remaining()).put("reset_ms", level.reset().toMillis());
    }
}
