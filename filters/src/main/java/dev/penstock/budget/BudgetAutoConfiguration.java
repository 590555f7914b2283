package dev.penstock.budget;

import dev.penstock.alert.Alerts;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.journal.DataDirectory;
import dev.penstock.journal.Fold;
import dev.penstock.journal.OpeningJournal;
import dev.penstock.store.RedisConnection;
import dev.penstock.store.StoreAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The step {@code Budget}, and its ledger: in Redis where there is a way to it, else here. */
@AutoConfiguration(after = StoreAutoConfiguration.class)
@ConditionalOnProperty("penstock.routes")
public final class BudgetAutoConfiguration implements AutoCloseable {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final BudgetFold fold;
    private final @Nullable FleetBudgets fleet;
    private final EmbeddedLedger embedded;
    private final Clock clock;
    private final BudgetMeters meters;
    private final Marks marks;
    private final BudgetView view;
    private Disposable watching = Disposables.disposed();

    BudgetAutoConfiguration(
            ObjectProvider<RedisConnection> redis,
            ObjectProvider<DataDirectory> data,
            ObjectProvider<MeterRegistry> registries,
            ObjectProvider<Alerts> alerts) {
        Clock own = Clock.systemUTC();
        RedisConnection shared = redis.getIfAvailable();
        RedisClock there = new RedisClock(own);
        fold = shared == null ? new BudgetFold(own::instant, false) : new BudgetFold(there::told, true);
        embedded = new EmbeddedLedger(own, this::charged);
        fleet = shared == null
                ? null
                : new FleetBudgets(
                        new FleetBudgets.Member(
                                shared, data.getObject().instanceId(), there, registries.getIfAvailable()),
                        fold,
                        this::charged);
        clock = fleet == null ? own : fleet.clock();
        meters = new BudgetMeters(ledger(), clock, registries);
        view = new BudgetView(ledger(), clock, () -> fleet != null && fleet.isAway());
        Told told = new Told(meters, alerts::getObject);
        marks = new Marks(fleet == null ? told : passed -> fleet.once(passed, told));
    }

    private Ledger ledger() {
        return fleet == null ? embedded : fleet.ledger();
    }

    private void charged(Account account) {
        marks.look(account, ledger().standing(account));
    }

    @Bean
    Fold penstockBudgetFold() {
        return fold;
    }

    @Bean
    BudgetView penstockBudgetView() {
        return view;
    }

    @Bean
    BudgetMeters penstockBudgetMeters() {
        return meters;
    }

    /** Before the port opens: what was spent, and what was running when the process before died. */
    @Bean
    SmartInitializingSingleton penstockBudgetStart(OpeningJournal journal, CurrentSettings settings) {
        Supplier<List<Account>> all = () -> Accounts.all(settings.get().get(BudgetSettings.class), clock.instant());
        return () -> {
            journal.opened();
            if (fleet == null) {
                fold.fill(embedded);
            } else {
                fleet.start(all);
            }
            all.get().forEach(account -> marks.knows(account, ledger().standing(account)));
            watching = Flux.interval(Duration.ZERO, MINUTE)
                    .onBackpressureDrop()
                    .concatMap(minute -> Mono.defer(() -> view.remember(all.get())))
                    .subscribe();
        };
    }

    @Bean
    BudgetGatewayFilterFactory budgetGatewayFilterFactory() {
        return new BudgetGatewayFilterFactory(ledger(), clock, meters::overrun);
    }

    @Override
    public void close() {
        watching.dispose();
        if (fleet != null) {
            fleet.close();
        }
    }
}
