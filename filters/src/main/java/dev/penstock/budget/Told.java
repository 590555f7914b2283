package dev.penstock.budget;

import dev.penstock.alert.Alerts;
import dev.penstock.core.Json;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of a mark that was passed: log, meter, and whoever is alerted. */
record Told(BudgetMeters meters, Supplier<Alerts> alerts) implements Consumer<Marks.Passed> {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.budget");

    @Override
    public void accept(Marks.Passed passed) {
        Account account = passed.account();
        LOG.warn(
                "{} has spent {} % of its {} USD until {}",
                account.name(), passed.mark(), Money.usd(account.limit()), account.ends());
        meters.passed(account, passed.mark());
        alerts.get()
                .send(Json.object()
                        .put("type", "budget_mark")
                        .put("budget", account.name())
                        .put("window", account.window())
                        .put("mark_percent", passed.mark())
                        .put("spent_usd", Money.usd(passed.standing().spent()))
                        .put("limit_usd", Money.usd(account.limit()))
                        .put("resets_at", account.ends().toString()));
    }
}
