package dev.penstock.budget;

import dev.penstock.budget.Shared.Epoch;
import dev.penstock.budget.Shared.Pace;
import dev.penstock.store.Presence;
import dev.penstock.store.RedisConnection;
import io.lettuce.core.RedisCommandExecutionException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.util.retry.Retry;

/** The budgets that this instance shares with others, as long as it runs. Thread-safe. */
final class FleetBudgets {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.budget");

    /** How long a start waits for Redis; without it, it goes on as away. */
    private static final Duration FIRST = Duration.ofSeconds(2);

    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Shared shared;
    private final RedisLedger ledger;
    private final BudgetFold fold;
    private final Disposable.Composite running = Disposables.composite();

    FleetBudgets(Member member, BudgetFold fold, Consumer<Account> changed) {
        this.fold = fold;
        shared = new Shared(
                new RedisMoney(member.redis(), member.instance(), () -> ""),
                new Books(fold::confirmed),
                new Presence("budgets", member.meters()),
                member.clock(),
                new Epoch(),
                Pace.USUAL);
        ledger = new RedisLedger(shared, changed);
    }

    /** @param instance the name of the journal whose records say what this instance has charged */
    record Member(
            RedisConnection redis,
            String instance,
            RedisClock clock,
            @Nullable MeterRegistry meters) {}

    Ledger ledger() {
        return ledger;
    }

    /** Redis', since its windows count. */
    Clock clock() {
        return shared.clock();
    }

    boolean isAway() {
        return shared.isAway() || shared.presence().isDegraded();
    }

    /**
     * Waits up to two seconds for Redis, so that the first callers need not, and as long for others where Redis has no data.
     *
     * @param watched the accounts whose standing meters show
     */
    void start(Supplier<List<Account>> watched) {
        fold.fill(shared.books());
        LedgerBeat beat = new LedgerBeat(shared, ledger, watched);
        reach(beat);
        running.add(beat.run());
        running.add(Shared.ask(shared.money()::settings, FIRST)
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, AGAIN)
                        .filter(failure -> !(failure instanceof RedisCommandExecutionException)))
                .subscribe(FleetBudgets::check, FleetBudgets::unchecked));
    }

    private static void reach(LedgerBeat beat) {
        try {
            beat.once(FIRST).toFuture().get(FIRST.toMillis() * 3, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            LOG.debug("budgets: the first beat did not end in time", late);
        }
    }

    /** What a Redis that keeps money has to be set to. */
    private static void check(Map<String, String> settings) {
        problems(settings).forEach(problem -> LOG.warn("Redis keeps budgets, and its {}", problem));
    }

    static List<String> problems(Map<String, String> settings) {
        List<String> problems = new ArrayList<>();
        expect(settings, "maxmemory-policy", "noeviction", "else it may forget what was spent", problems);
        expect(settings, "appendonly", "yes", "else a restart forgets what was spent", problems);
        return problems;
    }

    private static void expect(
            Map<String, String> settings, String name, String value, String why, List<String> problems) {
        String found = settings.getOrDefault(name, value);
        if (!found.equals(value)) {
            problems.add(name + " is '" + found + "' (expected: " + value + ", " + why + ")");
        }
    }

    private static void unchecked(Throwable refused) {
        LOG.info("Redis keeps budgets, and does not say how it is set; expected: appendonly yes, noeviction");
    }

    /** Tells of a mark where no other instance has; where nobody can say, two may tell. */
    void once(Marks.Passed passed, Consumer<Marks.Passed> tell) {
        Duration remembered =
                Duration.between(clock().instant(), passed.account().ends()).plus(Account.KEPT);
        Shared.ask(() -> shared.money().first(passed.account(), passed.mark(), remembered), FIRST)
                .onErrorReturn(Presence::tells, true)
                .filter(first -> first)
                .subscribe(first -> tell.accept(passed));
    }

    /** Ends that are not confirmed by now are told by the next start. */
    void close() {
        running.dispose();
    }
}
