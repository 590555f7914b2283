package dev.penstock.surface.own;

import dev.penstock.budget.BudgetView;
import dev.penstock.limit.bucket.Level;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;

/** Writes how limits and budgets stand, for callers and administrators alike. */
public final class Standings {

    private Standings() {}

    /** Money in USD. */
    public static void budgets(List<BudgetView.Line> lines, ArrayNode to) {
        lines.forEach(line -> to.addObject()
                .put("budget", line.account())
                .put("window", line.window())
                .put("limit_usd", line.limit())
                .put("spent_usd", line.spent())
                .put("held_usd", line.held())
                .put("resets_at", line.resetsAt().toString()));
    }

    /** {@code reset_ms} until all of it is there again. */
    public static void limits(List<Level> levels, ArrayNode to) {
        levels.forEach(level -> to.addObject()
                .put("by", level.rule().by().name().toLowerCase(Locale.ROOT))
                .put("subject", level.subject())
                .put("of", level.rule().of().name().toLowerCase(Locale.ROOT))
                .put("limit", level.rule().limit())
                .put("remaining", level.remaining())
                .put("reset_ms", level.reset().toMillis()));
    }
}
