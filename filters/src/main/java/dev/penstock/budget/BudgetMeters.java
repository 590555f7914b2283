package dev.penstock.budget;

import dev.penstock.exchange.BeforeSwap;
import dev.penstock.exchange.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.util.List;
import java.util.function.ToLongFunction;
import org.springframework.beans.factory.ObjectProvider;

/** The meters {@code penstock.budget.…}, in USD; gauges for the budgets of the configuration that is in force. */
final class BudgetMeters implements BeforeSwap {

    private static final double NANO = 1e9;

    private final Ledger ledger;
    private final Clock clock;
    private final ObjectProvider<MeterRegistry> registries;

    BudgetMeters(Ledger ledger, Clock clock, ObjectProvider<MeterRegistry> registries) {
        this.ledger = ledger;
        this.clock = clock;
        this.registries = registries;
    }

    @Override
    public void prepare(Settings next) {
        List<Account> accounts = Accounts.all(next.get(BudgetSettings.class), clock.instant());
        registries.ifAvailable(registry -> {
            gauge("penstock.budget.limit", accounts, Account::limit, registry);
            gauge("penstock.budget.spent", accounts, it -> ledger.standing(it).spent(), registry);
            gauge("penstock.budget.held", accounts, it -> ledger.standing(it).held(), registry);
        });
    }

    private void gauge(String meter, List<Account> accounts, ToLongFunction<Account> value, MeterRegistry registry) {
        MultiGauge.builder(meter)
                .baseUnit("usd")
                .register(registry)
                .register(
                        accounts.stream()
                                .map(account -> MultiGauge.Row.of(
                                        of(account), () -> value.applyAsLong(account.in(clock.instant())) / NANO))
                                .toList(),
                        true);
    }

    void passed(Account account, int mark) {
        registries.ifAvailable(registry -> registry.counter(
                        "penstock.budget.marks", of(account).and("outcome", Integer.toString(mark)))
                .increment());
    }

    /** Charged beyond what was held for it. */
    void overrun(Claim beyond) {
        registries.ifAvailable(registry -> registry.counter("penstock.budget.overrun", of(beyond.account()))
                .increment(beyond.amount() / NANO));
    }

    private static Tags of(Account account) {
        return Tags.of("budget", account.name());
    }
}
