package dev.penstock.budget;

import dev.penstock.budget.Ledger.Standing;
import dev.penstock.core.Caller;
import dev.penstock.exchange.Settings;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** How budgets stand, for those who ask. Thread-safe. */
public final class BudgetView {

    private final Ledger ledger;
    private final Clock clock;

    BudgetView(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** One budget; money in USD, exact. */
    public record Line(
            String account, String window, BigDecimal limit, BigDecimal spent, BigDecimal held, Instant resetsAt) {}

    /** All that are configured. */
    public List<Line> all(Settings settings) {
        return lines(Accounts.all(settings.get(BudgetSettings.class), clock.instant()));
    }

    /** Those that a caller is charged to, providers' own not among them. */
    public List<Line> of(Caller caller, Settings settings) {
        return lines(Accounts.of(caller, settings.get(BudgetSettings.class), clock.instant()));
    }

    private List<Line> lines(List<Account> accounts) {
        return accounts.stream().map(this::line).toList();
    }

    private Line line(Account account) {
        Standing standing = ledger.standing(account);
        return new Line(
                account.name(),
                account.window(),
                Money.usd(account.limit()),
                Money.usd(standing.spent()),
                Money.usd(standing.held()),
                account.ends());
    }
}
