package dev.penstock.routes.check;

import dev.penstock.budget.BudgetConfig;
import dev.penstock.keys.CallerSettings.ServiceConfig;
import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import java.util.List;
import java.util.Optional;

/** Checks a {@code budget:}, wherever it stands. */
final class BudgetChecks {

    private static final int WHOLE = 100;
    private static final List<Rule<BudgetConfig>> BUDGET =
            List.of(Rule.atLeast("min-output", BudgetConfig::minOutput, 1));

    private final Problems problems;

    BudgetChecks(Problems problems) {
        this.problems = problems;
    }

    /** {@code at} is what the budget stands at. */
    void check(Optional<BudgetConfig> budget, Tree at) {
        budget.ifPresent(it -> {
            marks(it.soft(), at.nearest("budget.soft"));
            Rule.check(BUDGET, it, at.nearest("budget"), problems);
        });
    }

    private void marks(List<Integer> soft, Tree at) {
        for (int i = 0; i < soft.size(); i++) {
            if (soft.get(i) < 1 || soft.get(i) > WHOLE) {
                Tree mark = Lists.item(at, i);
                problems.add(mark, mark.kind() + " (expected: 1 to " + WHOLE + ")");
            }
        }
    }

    void check(ServiceConfig service, Tree at) {
        check(service.budget(), at);
        for (int i = 0; i < service.keys().size(); i++) {
            check(service.keys().get(i).budget(), Lists.item(at.nearest("keys"), i));
        }
    }
}
