package dev.penstock.budget;

import dev.penstock.core.Caller;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.exchange.LlmGatewayFilterFactory;
import dev.penstock.exchange.Over;
import dev.penstock.exchange.Rest;
import dev.penstock.exchange.Step;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** Holds the most that an attempt can cost before it leaves, and charges what it did cost when the call is over. */
public final class BudgetGatewayFilterFactory extends LlmGatewayFilterFactory<BudgetGatewayFilterFactory.Config> {

    /** Nothing to configure per route; budgets stand at services, keys, teams, providers and global. */
    public record Config() {}

    private final Ledger ledger;
    private final Clock clock;
    private final Consumer<Claim> overrun;

    /** {@code overrun} is told of what was charged beyond what had been held for it. */
    BudgetGatewayFilterFactory(Ledger ledger, Clock clock, Consumer<Claim> overrun) {
        super(Step.BUDGET, Config.class);
        this.ledger = ledger;
        this.clock = clock;
        this.overrun = overrun;
    }

    @Override
    protected LlmFilter create(Config config) {
        return this::spend;
    }

    private Mono<Answer> spend(LlmExchange exchange, Rest rest) {
        BudgetSettings settings = exchange.settings().get(BudgetSettings.class);
        if (settings.none()) {
            return rest.of(exchange);
        }
        Caller caller = exchange.get(Fact.CALLER);
        List<Account> own = OpenAccounts.of(exchange.settings()).of(caller, clock.instant());
        if (own.isEmpty() && settings.providers().isEmpty()) {
            return rest.of(exchange);
        }
        Spending spending = new Spending(exchange, settings, own, ledger, clock);
        exchange.gates().add(spending);
        return Over.watch(rest.of(exchange), over -> spending.settle().forEach(overrun));
    }
}
