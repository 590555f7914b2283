package dev.penstock.budget;

import dev.penstock.budget.BudgetConfig.OnInsufficient;
import dev.penstock.budget.Decision.Denied;
import dev.penstock.budget.Decision.Held;
import dev.penstock.budget.Decision.Moved;
import dev.penstock.budget.Decision.Unknown;
import dev.penstock.core.Asked;
import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.Cost;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.Gate;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Step;
import dev.penstock.pricing.Price;
import dev.penstock.pricing.Prices;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The money of one call. Before each attempt it holds what earlier ones have cost and the most that this one can; in the end it
 * charges what they all have cost. The end may come from any thread, also while a hold is on its way.
 */
final class Spending implements Gate {

    /** Of one hold; a window that moves more often than this is not one to count on. */
    private static final int MOVES = 2;

    /** Of one call, which is charged at the price of its end: another one where that changes with the day or its hours. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final LlmExchange exchange;
    private final Ledger ledger;
    private final Clock clock;
    /** In the window that the ledger's clock is in when the first attempt is held. */
    private volatile List<Account> own;

    private final BudgetSettings settings;
    private final Asked asked;
    private final Ceiling ceiling;
    private final Map<Attempt, Long> ceilings = new ConcurrentHashMap<>(2);

    /** As of the first attempt there: a call is charged to one day of a provider, also where it goes on past midnight. */
    private final Map<String, List<Account>> providers = new ConcurrentHashMap<>(2);

    private List<Claim> held = List.of();
    private boolean over;

    Spending(LlmExchange exchange, BudgetSettings settings, List<Account> own, Ledger ledger, Clock clock) {
        this.exchange = exchange;
        this.settings = settings;
        this.own = own;
        this.ledger = ledger;
        this.clock = clock;
        this.asked = exchange.get(Fact.CLEARED);
        this.ceiling = new Ceiling(asked);
    }

    @Override
    public Mono<Void> before(Attempt attempt, Asked asked) {
        Instant now = clock.instant();
        List<Account> its = ofProvider(attempt.provider(), now);
        if (own.isEmpty() && its.isEmpty()) {
            return Mono.empty();
        }
        List<Price> prices =
                exchange.settings().get(Prices.class).within(LONGEST, attempt.provider(), attempt.model(), now);
        return prices.isEmpty() ? Mono.error(Insufficient.unpriced(attempt)) : paid(attempt, prices, cap());
    }

    private List<Account> ofProvider(String provider, Instant now) {
        return settings.providers().isEmpty()
                ? List.of()
                : providers.computeIfAbsent(provider, name -> Accounts.ofProvider(name, settings, now));
    }

    /** The caller's own cap, else the one of the model that was asked for, or that an experiment put in its place. */
    private int cap() {
        int own = asked.weight().outputCap();
        if (own > 0) {
            return own;
        }
        String arm = exchange.get(Fact.VARIANT).model();
        String model = arm.isEmpty() ? asked.namedModel().orElse(exchange.routeModel()) : arm;
        return settings.maxOutput().getOrDefault(model, BudgetSettings.USUAL_OUTPUT);
    }

    private Mono<Void> paid(Attempt attempt, List<Price> prices, int cap) {
        ceilings.put(attempt, ceiling.at(prices, cap));
        List<Claim> claims = claims(attempt);
        Decision here = ledger.holdHere(exchange.callId(), claims);
        if (here != null) {
            heard(here, claims);
            return decided(here, attempt, prices, cap);
        }
        return hold(attempt, claims, MOVES).flatMap(decision -> decided(decision, attempt, prices, cap));
    }

    /** Caps the attempt at what is paid for. */
    private Mono<Void> decided(Decision decision, Attempt attempt, List<Price> prices, int cap) {
        if (decision instanceof Denied denied) {
            return lower(attempt, prices, cap, denied);
        }
        if (!(decision instanceof Held) && !isOpen()) {
            return Mono.error(Insufficient.unknown(comeBack(decision)));
        }
        attempt.capTo(cap);
        tell(List.of());
        return Mono.empty();
    }

    private boolean isOpen() {
        return settings.whenUnknown() == WhenUnknown.OPEN;
    }

    private static Duration comeBack(Decision decision) {
        return decision instanceof Unknown unknown ? unknown.comeBack() : Duration.ofSeconds(1);
    }

    private Mono<Decision> hold(Attempt attempt, List<Claim> claims, int moves) {
        return hold(claims).flatMap(decision -> {
            if (decision instanceof Moved moved && moves > 0) {
                move(moved.now());
                return hold(attempt, claims(attempt), moves - 1);
            }
            return Mono.just(decision);
        });
    }

    /** What is held stays in its window. */
    private synchronized void move(Instant now) {
        Set<String> kept = held.stream().map(it -> it.account().key()).collect(Collectors.toSet());
        UnaryOperator<List<Account>> moved = accounts -> accounts.stream()
                .map(it -> kept.contains(it.key()) ? it : it.in(now))
                .toList();
        own = moved.apply(own);
        providers.replaceAll((name, accounts) -> moved.apply(accounts));
    }

    /** The next account may have less left than the one that said no first, so each lower cap is held anew. */
    private Mono<Void> lower(Attempt attempt, List<Price> prices, int cap, Denied denied) {
        BudgetConfig config = denied.account().config();
        long others = denied.asked() - ceilings.get(attempt);
        int fits = 0;
        if (config.onInsufficient() == OnInsufficient.CLAMP_OUTPUT) {
            long room = Math.max(denied.left(), held(denied.account()));
            fits = ceiling.fitting(prices, cap, room - others);
            if (fits >= cap) {
                // the ledger has lost some of what this call holds
                fits = ceiling.fitting(prices, cap, denied.left() - others);
            }
        }
        if (fits < config.minOutput() || fits >= cap) {
            ceilings.remove(attempt);
            return Mono.error(Insufficient.passedOver(denied));
        }
        return paid(attempt, prices, fits);
    }

    /** What this call holds of it already is its own, also where that is more than what is left. */
    private synchronized long held(Account account) {
        return held.stream()
                .filter(it -> it.account().key().equals(account.key()))
                .mapToLong(Claim::amount)
                .sum();
    }

    /** Goes on when the caller has left meanwhile: what the ledger answers has to be heard, or it would stay held. */
    private Mono<Decision> hold(List<Claim> claims) {
        Mono<Decision> answered = Mono.create(sink -> ledger.hold(exchange.callId(), claims)
                .subscribe(
                        decision -> {
                            heard(decision, claims);
                            sink.success(decision);
                        },
                        sink::error));
        return ledger.isHere() ? answered : answered.publishOn(Schedulers.fromExecutor(exchange.loop()));
    }

    private synchronized void heard(Decision decision, List<Claim> claims) {
        if (decision instanceof Unknown && isOpen() && !over) {
            ledger.let(exchange.callId(), claims);
            held = claims;
        }
        if (!(decision instanceof Held)) {
            return;
        }
        if (over) {
            ledger.settle(exchange.callId(), List.of()).subscribe();
        } else {
            held = claims;
        }
    }

    private List<Claim> claims(Attempt attempt) {
        List<Claim> claims = new ArrayList<>(own.size() + 1);
        long most = ceilings.get(attempt);
        long all = Math.addExact(spent(null, attempt), most);
        for (Account account : own) {
            claims.add(new Claim(account, all));
        }
        providers.forEach((name, accounts) -> {
            long there = spent(name, attempt);
            long amount = name.equals(attempt.provider()) ? Math.addExact(there, most) : there;
            accounts.forEach(account -> claims.add(new Claim(account, amount)));
        });
        return claims;
    }

    /** @param charges none before the end */
    private synchronized void tell(List<Claim> charges) {
        exchange.trail().decided(Step.BUDGET, Statement.of(held, charges));
    }

    /** What attempts other than this one have cost so far, at one provider or at all. */
    private long spent(@Nullable String provider, @Nullable Attempt but) {
        long sum = 0;
        for (Attempt attempt : exchange.trail().attempts()) {
            if (attempt != but && (provider == null || provider.equals(attempt.provider()))) {
                sum = Math.addExact(sum, cost(attempt));
            }
        }
        return sum;
    }

    /** An attempt that used something and has no price after all is charged the most that it could have cost. */
    private long cost(Attempt attempt) {
        Optional<Cost> known = attempt.cost();
        if (known.isPresent()) {
            return known.get().nanoUsd();
        }
        return attempt.sent() && attempt.usage().isPresent() ? ceilings.getOrDefault(attempt, 0L) : 0;
    }

    /** Once, when the call is over. Gives what was charged beyond what was held for it. */
    synchronized List<Claim> settle() {
        over = true;
        if (held.isEmpty()) {
            return List.of();
        }
        List<Claim> charges = charges();
        tell(charges);
        if (!ledger.settleHere(exchange.callId(), charges)) {
            ledger.settle(exchange.callId(), charges).subscribe();
        }
        return Statement.beyond(held, charges);
    }

    private List<Claim> charges() {
        List<Claim> charges = new ArrayList<>(own.size() + 1);
        long all = spent(null, null);
        for (Account account : own) {
            charges.add(new Claim(account, all));
        }
        providers.forEach((name, accounts) ->
                accounts.forEach(account -> charges.add(new Claim(account, spent(name, null)))));
        return charges;
    }
}
