package dev.penstock.budget;

import dev.penstock.exchange.CurrentSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigDecimal;
import java.util.function.Function;

/** The gauges {@code penstock.budget.…} in USD, one of each for every budget that the configuration at start has. */
final class BudgetMeters {

    private final BudgetView view;
    private final CurrentSettings settings;

    BudgetMeters(BudgetView view, CurrentSettings settings) {
        this.view = view;
        this.settings = settings;
    }

    void register(MeterRegistry registry) {
        view.all(settings.get()).forEach(line -> {
            gauge("penstock.budget.limit", line.account(), BudgetView.Line::limit, registry);
            gauge("penstock.budget.spent", line.account(), BudgetView.Line::spent, registry);
            gauge("penstock.budget.held", line.account(), BudgetView.Line::held, registry);
        });
    }

    private void gauge(
            String meter, String account, Function<BudgetView.Line, BigDecimal> value, MeterRegistry registry) {
        Gauge.builder(meter, () -> now(account, value))
                .tag("budget", account)
                .baseUnit("usd")
                .register(registry);
    }

    private double now(String account, Function<BudgetView.Line, BigDecimal> value) {
        return view.all(settings.get()).stream()
                .filter(line -> line.account().equals(account))
                .map(value)
                .mapToDouble(BigDecimal::doubleValue)
                .sum();
    }
}
