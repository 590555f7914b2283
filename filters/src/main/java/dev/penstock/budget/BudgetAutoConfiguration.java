package dev.penstock.budget;

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
    private final BudgetFold fold = new BudgetFold(clock);
    private final Marks marks = new Marks();
    private final EmbeddedLedger ledger = new EmbeddedLedger(clock, this::charged);

    private void charged(Account account) {
        marks.look(account, ledger::standing);
    }

    @Bean
    Fold penstockBudgetFold() {
        return fold;
    }

    @Bean
    BudgetView penstockBudgetView() {
        return new BudgetView(ledger, clock);
    }

    /** Before the port opens: what was spent, and what was running when the process before died. */
    @Bean
    SmartInitializingSingleton penstockBudgetStart(
            OpeningJournal journal, BudgetView view, CurrentSettings settings, ObjectProvider<MeterRegistry> meters) {
        return () -> {
            journal.opened();
            fold.fill(ledger);
            meters.ifAvailable(registry -> new BudgetMeters(view, settings).register(registry));
        };
    }

    @Bean
    BudgetGatewayFilterFactory budgetGatewayFilterFactory() {
        return new BudgetGatewayFilterFactory(ledger, clock);
    }
}
