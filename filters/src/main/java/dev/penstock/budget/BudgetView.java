package dev.penstock.budget;

import dev.penstock.budget.Ledger.Standing;
import dev.penstock.core.Caller;
import dev.penstock.exchange.Settings;
import dev.penstock.store.Presence;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;

/** How budgets stand, for those who ask. Thread-safe. */
public final class BudgetView {

    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private final Ledger ledger;
    private final Clock clock;
    private final BooleanSupplier away;
    private final Forecast forecast = new Forecast();

    BudgetView(Ledger ledger, Clock clock, BooleanSupplier away) {
        this.ledger = ledger;
        this.clock = clock;
        this.away = away;
    }

    /** Whether nobody can say now how budgets stand, since their store does not answer. */
    public boolean isAway() {
        return away.getAsBoolean();
    }

    /**
     * One budget; money in USD, exact.
     *
     * @param spentAt when it will be spent, if it goes on as in the last hour; empty where it lasts to the end of its window
     */
    public record Line(
            String account,
            String window,
            BigDecimal limit,
            BigDecimal spent,
            BigDecimal held,
            Instant resetsAt,
            Optional<Instant> spentAt) {}

    /** Remembers how all stand, for what it foretells; never fails. Asked about once a minute. */
    Mono<Void> remember(List<Account> accounts) {
        return ledger.standings(accounts)
                .doOnNext(standings -> {
                    for (int i = 0; i < accounts.size(); i++) {
                        forecast.saw(accounts.get(i), standings.get(i).spent(), clock.instant());
                    }
                })
                .onErrorComplete()
                .then();
    }

    /** All that are configured. Fails with {@code budget_unavailable} while {@link #isAway}. */
    public Mono<List<Line>> all(Settings settings) {
        return lines(Accounts.all(settings.get(BudgetSettings.class), clock.instant()));
    }

    /** Those that a caller is charged to, providers' own not among them. */
    public Mono<List<Line>> of(Caller caller, Settings settings) {
        return lines(Accounts.of(caller, settings.get(BudgetSettings.class), clock.instant()));
    }

    private Mono<List<Line>> lines(List<Account> accounts) {
        if (isAway()) {
            return Mono.error(Insufficient.unknown(COME_BACK));
        }
        return ledger.standings(accounts)
                .onErrorMap(Presence::tells, failure -> Insufficient.unknown(COME_BACK))
                .map(standings -> IntStream.range(0, accounts.size())
                        .mapToObj(i -> line(accounts.get(i), standings.get(i)))
                        .toList());
    }

    private Line line(Account account, Standing standing) {
        return new Line(
                account.name(),
                account.window(),
                Money.usd(account.limit()),
                Money.usd(standing.spent()),
                Money.usd(standing.held()),
                account.ends(),
                forecast.spentAt(account, standing.spent(), clock.instant()));
    }
}
