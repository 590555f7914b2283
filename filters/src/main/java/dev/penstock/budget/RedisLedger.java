package dev.penstock.budget;

import dev.penstock.budget.Books.Ending;
import dev.penstock.budget.Decision.Denied;
import dev.penstock.budget.Decision.Held;
import dev.penstock.budget.Decision.Moved;
import dev.penstock.budget.Decision.Unknown;
import dev.penstock.store.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/**
 * The ledger of all instances that share a Redis. To hold is one round trip, to settle another that nobody waits for. What Redis
 * does not confirm is told again by the {@link LedgerBeat}. Thread-safe; never waits.
 */
final class RedisLedger implements Ledger {

    /** Whoever looks is more patient than a call. */
    private static final int VIEWED = 8;

    private final Shared shared;
    private final Consumer<Account> changed;
    private final Map<String, Standing> known = new ConcurrentHashMap<>();

    /** {@code changed} is told of each account that was charged. */
    RedisLedger(Shared shared, Consumer<Account> changed) {
        this.shared = shared;
        shared.money().onLost(shared.epoch()::doubt);
        this.changed = changed;
    }

    @Override
    public Mono<Decision> hold(String id, List<Claim> claims) {
        return Mono.defer(() -> {
            if (shared.isAway()) {
                return Mono.just(unknown());
            }
            List<Claim> all = shared.books().over(id, claims);
            return Shared.ask(() -> shared.money().hold(epoch(), id, all, lease(), false), patience())
                    .map(answer -> decide(id, all, answer))
                    .onErrorResume(Presence::tells, failure -> doubtful(id, all, failure));
        });
    }

    private Decision decide(String id, List<Claim> claims, List<Object> answer) {
        Instant at = Instant.ofEpochMilli(number(answer, 1));
        shared.clock().saw(at);
        return switch ((String) answer.get(0)) {
            case "HELD" -> {
                shared.presence().open();
                shared.books().hold(id, claims);
                yield new Held();
            }
            case "DENY" -> denied(claims.get((int) number(answer, 2) - 1), answer);
            case "WINDOW" -> new Moved(at);
            case "CLOSED" -> {
                shared.presence().shut(Shared.CLOSED);
                yield new Unknown(Duration.ofMillis(Math.max(1, number(answer, 2) - at.toEpochMilli())));
            }
            case "EPOCH" -> {
                shared.epoch().doubt();
                yield unknown();
            }
            default -> unknown();
        };
    }

    private static Denied denied(Claim claim, List<Object> answer) {
        long others = number(answer, 4) - number(answer, 5);
        return new Denied(claim.account(), number(answer, 3), others, claim.amount());
    }

    /** Whoever asked says first whether the call is let go: what it is charged must not come behind a give-back. */
    private Mono<Decision> doubtful(String id, List<Claim> claims, Throwable failure) {
        shared.presence().failed(failure);
        return Mono.<Decision>just(unknown())
                .doAfterTerminate(() -> shared.books().doubt(id, claims));
    }

    private Unknown unknown() {
        return new Unknown(shared.pace().again().multipliedBy(2));
    }

    @Override
    public boolean isHere() {
        return false;
    }

    @Override
    public void let(String id, List<Claim> claims) {
        shared.books().let(id, shared.books().over(id, claims));
    }

    @Override
    public Mono<Void> settle(String id, List<Claim> charges) {
        return Mono.defer(() -> shared.books()
                .end(id, charges)
                .map(end -> shared.isAway() || shared.epoch().isTelling() ? Mono.<Void>empty() : tell(end))
                .orElse(Mono.empty()));
    }

    /** Never fails: what is not confirmed is told again. */
    Mono<Void> tell(Ending end) {
        return Shared.ask(() -> shared.money().settle(epoch(), end.id(), end.lines()), patience())
                .doOnNext(answer -> confirmed(end, answer))
                .doOnError(Presence::tells, shared.presence()::failed)
                .onErrorComplete(Presence::tells)
                .then();
    }

    private void confirmed(Ending end, List<Object> answer) {
        if (answer.get(0).equals("EPOCH")) {
            shared.epoch().doubt();
            return;
        }
        shared.books().confirm(end);
        Map<String, Account> accounts = new HashMap<>();
        end.charged().forEach(it -> accounts.put(it.account().key(), it.account()));
        for (int i = 0; 2 + i * 2 < answer.size(); i++) {
            Account account = accounts.get(end.lines().get(i).key());
            if (account != null) {
                known.put(account.key(), new Standing(number(answer, 2 + i * 2), number(answer, 3 + i * 2)));
                changed.accept(account);
            }
        }
    }

    /** As Redis told lately; nothing of one that it was not asked about. */
    @Override
    public Standing standing(Account account) {
        return known.getOrDefault(account.key(), new Standing(0, 0));
    }

    @Override
    public Mono<List<Standing>> standings(List<Account> accounts) {
        return Shared.ask(
                () -> shared.money().standings(epoch(), accounts), patience().multipliedBy(VIEWED));
    }

    /** Learns how these stand, and forgets all others. */
    Mono<Void> refresh(List<Account> accounts) {
        return standings(accounts)
                .doOnNext(standings -> {
                    Map<String, Standing> now = new HashMap<>();
                    for (int i = 0; i < accounts.size(); i++) {
                        now.put(accounts.get(i).key(), standings.get(i));
                    }
                    known.putAll(now);
                    known.keySet().retainAll(now.keySet());
                })
                .then();
    }

    private String epoch() {
        return shared.epoch().id();
    }

    private Duration lease() {
        return shared.pace().lease();
    }

    private Duration patience() {
        return shared.pace().patience();
    }

    private static long number(List<Object> answer, int at) {
        return Long.parseLong((String) answer.get(at));
    }
}
