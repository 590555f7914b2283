package dev.penstock.budget;

import dev.penstock.alert.Alerts;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.journal.Fold;
import dev.penstock.journal.OpeningJournal;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** The step {@code Budget}, and its ledger. */
@AutoConfiguration
@ConditionalOnProperty("penstock.routes")
public final class BudgetAutoConfiguration {

    private final Clock clock = Clock.systemUTC();
    private final BudgetFold fold = new BudgetFold(clock, false);
    private final BudgetMeters meters;
    private final Marks marks;
    private final EmbeddedLedger ledger;

    BudgetAutoConfiguration(ObjectProvider<MeterRegistry> registries, ObjectProvider<Alerts> alerts) {
        ledger = new EmbeddedLedger(clock, this::charged);
        meters = new BudgetMeters(ledger, clock, registries);
        marks = new Marks(new Told(meters, alerts::getObject));
    }

    private void charged(Account account) {
        marks.look(account, ledger.standing(account));
    }

    @Bean
    Fold penstockBudgetFold() {
        return fold;
    }

    @Bean
    BudgetView penstockBudgetView() {
        return new BudgetView(ledger, clock);
    }

    @Bean
    BudgetMeters penstockBudgetMeters() {
        return meters;
    }

    /** Before the port opens: what was spent, and what was running when the process before died. */
    @Bean
    SmartInitializingSingleton penstockBudgetStart(OpeningJournal journal, CurrentSettings settings) {
        return () -> {
            journal.opened();
            fold.fill(ledger);
            Accounts.all(settings.get().get(BudgetSettings.class), clock.instant())
                    .forEach(account -> marks.knows(account, ledger.standing(account)));
        };
    }

    @Bean
    BudgetGatewayFilterFactory budgetGatewayFilterFactory() {
        return new BudgetGatewayFilterFactory(ledger, clock, meters::overrun);
    }
}
