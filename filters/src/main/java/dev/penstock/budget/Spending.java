package dev.penstock.budget;

import dev.penstock.budget.BudgetConfig.Lost;
import dev.penstock.budget.BudgetConfig.OnInsufficient;
import dev.penstock.budget.Decision.Denied;
import dev.penstock.core.Asked;
import dev.penstock.core.Json;
import dev.penstock.core.Weight;
import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.Cost;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.Gate;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Step;
import dev.penstock.pricing.Price;
import dev.penstock.pricing.Prices;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The money of one call. Before each attempt it holds what earlier ones have cost and the most that this one can; in the end it
 * charges what they all have cost.
 */
final class Spending implements Gate {

    /** Searches of the web that one request is taken to run at most; no provider here lets them be capped. */
    private static final int MOST_SEARCHES = 10;

    private final LlmExchange exchange;
    private final Ledger ledger;
    private final Clock clock;
    private final List<Account> own;
    private final BudgetSettings settings;
    private final Asked asked;
    private final Map<Attempt, Long> ceilings = new HashMap<>(2);
    private List<Claim> held = List.of();

    Spending(LlmExchange exchange, BudgetSettings settings, List<Account> own, Ledger ledger, Clock clock) {
        this.exchange = exchange;
        this.settings = settings;
        this.own = own;
        this.ledger = ledger;
        this.clock = clock;
        this.asked = exchange.get(Fact.PROMPTED);
    }

    @Override
    public Mono<Void> before(Attempt attempt) {
        Instant now = clock.instant();
        List<Account> providers = Accounts.ofProvider(attempt.provider(), settings, now);
        if (own.isEmpty() && providers.isEmpty()) {
            return Mono.empty();
        }
        Optional<Price> price = exchange.settings().get(Prices.class).of(attempt.provider(), attempt.model(), now);
        if (price.isEmpty()) {
            return Mono.error(Insufficient.unpriced(attempt));
        }
        int cap = cap();
        return hold(attempt, price.get(), providers, cap)
                .flatMap(decision -> decision instanceof Denied denied
                        ? clamped(attempt, price.get(), providers, cap, denied)
                        : Mono.just(cap))
                .doOnNext(allowed -> held(attempt, allowed))
                .then();
    }

    /** The caller's own cap, else the one of the model that was asked for. */
    private int cap() {
        int own = asked.weight().outputCap();
        String model = asked.namedModel().orElse(exchange.routeModel());
        return own > 0 ? own : settings.maxOutput().getOrDefault(model, BudgetSettings.USUAL_OUTPUT);
    }

    private Mono<Decision> hold(Attempt attempt, Price price, List<Account> providers, int cap) {
        long ceiling = ceiling(price, cap);
        ceilings.put(attempt, ceiling);
        List<Claim> claims = claims(attempt, providers, ceiling);
        return ledger.hold(exchange.callId(), claims).doOnNext(decision -> {
            if (decision instanceof Decision.Held) {
                held = claims;
            }
        });
    }

    private List<Claim> claims(Attempt attempt, List<Account> providers, long ceiling) {
        List<Claim> claims = new ArrayList<>();
        long before = spent(null, attempt);
        own.forEach(account -> claims.add(new Claim(account, Math.addExact(before, ceiling))));
        providers.forEach(account ->
                claims.add(new Claim(account, Math.addExact(spent(attempt.provider(), attempt), ceiling))));
        for (Claim claim : held) {
            if (claims.stream()
                    .noneMatch(other ->
                            other.account().key().equals(claim.account().key()))) {
                claims.add(new Claim(claim.account(), Math.min(claim.amount(), spent(provider(claim), attempt))));
            }
        }
        return claims;
    }

    private static String provider(Claim claim) {
        return claim.account().name().split(":")[1];
    }

    private Mono<Integer> clamped(Attempt attempt, Price price, List<Account> providers, int cap, Denied denied) {
        BudgetConfig config = denied.account().config();
        long left = denied.left() - (denied.asked() - ceilings.get(attempt));
        int fits = config.onInsufficient() == OnInsufficient.CLAMP_OUTPUT ? fitting(price, cap, left) : 0;
        if (fits < config.minOutput()) {
            ceilings.remove(attempt);
            return Mono.error(Insufficient.passedOver(denied));
        }
        return hold(attempt, price, providers, fits).flatMap(decision -> {
            if (decision instanceof Denied again) {
                ceilings.remove(attempt);
                return Mono.error(Insufficient.passedOver(again));
            }
            return Mono.just(fits);
        });
    }

    /** The largest cap whose ceiling is within {@code left}; 0 when none is. */
    private int fitting(Price price, int cap, long left) {
        int low = 0;
        int high = cap;
        while (low < high) {
            int middle = low + (high - low + 1) / 2;
            if (ceiling(price, middle) <= left) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private long ceiling(Price price, int cap) {
        Weight weight = asked.weight();
        long output = Math.multiplyExact((long) weight.choices(), cap);
        int searches = asked.body().has("web_search_options") ? MOST_SEARCHES : 0;
        return price.ceiling(weight.inputCeiling(), output, searches, asked.needs());
    }

    private void held(Attempt attempt, int allowed) {
        int own = asked.weight().outputCap();
        if (own == 0 || allowed < own) {
            attempt.capTo(allowed);
        }
        exchange.trail().decided(Step.BUDGET, decision(Map.of()));
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

    /** Once, when the call is over. */
    void settle() {
        if (held.isEmpty()) {
            return;
        }
        List<Claim> charges = held.stream()
                .map(claim -> new Claim(claim.account(), charge(claim)))
                .toList();
        Map<String, Long> charged = new HashMap<>();
        charges.forEach(charge -> charged.put(charge.account().key(), charge.amount()));
        exchange.trail().decided(Step.BUDGET, decision(charged));
        ledger.settle(exchange.callId(), charges).subscribe();
    }

    private long charge(Claim claim) {
        return spent(own.contains(claim.account()) ? null : provider(claim), null);
    }

    private ObjectNode decision(Map<String, Long> charged) {
        ObjectNode decision = Json.object();
        ArrayNode lines = decision.putArray("lines");
        for (Claim claim : held) {
            Account account = claim.account();
            ObjectNode line = lines.addObject();
            line.put("account", account.name());
            line.put("window", account.window());
            line.put("ends", account.ends().toString());
            line.put("held", claim.amount());
            line.put("lost", account.config().lost() == Lost.CHARGE_RESERVED ? "charge" : "release");
            Long amount = charged.get(account.key());
            if (amount != null) {
                line.put("charged", amount);
            }
        }
        return decision;
    }
}
