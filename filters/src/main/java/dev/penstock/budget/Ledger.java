package dev.penstock.budget;

import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Where money is held and charged. At every instant what is spent and held of an account is at most its limit, unless a charge
 * was more than what was held for it. Thread-safe.
 */
interface Ledger {

    /**
     * Makes what is held under {@code id} these amounts, all or nothing; what it held before counts as its own. The same call
     * again changes nothing. An account of which no more is asked for than before denies nothing, however little is left of it.
     */
    Mono<Decision> hold(String id, List<Claim> claims);

    /** Gives back all that is held under {@code id} and charges these amounts; for an id that holds nothing, does nothing. */
    Mono<Void> settle(String id, List<Claim> charges);

    /**
     * The same as {@link #hold} for a ledger that can say at once what becomes of it, and that has one clock with its callers; null,
     * and nothing is held, for others.
     */
    default @Nullable Decision holdHere(String id, List<Claim> claims) {
        return null;
    }

    /** The same as {@link #settle} where that can be done at once; else false, and nothing is settled. */
    default boolean settleHere(String id, List<Claim> charges) {
        return false;
    }

    /** Of a call that is let go although nobody could say how budgets stand: what it is to be charged for in the end. */
    default void let(String id, List<Claim> claims) {}

    /** Whether it answers on the thread that asks. */
    default boolean isHere() {
        return true;
    }

    /** How an account stands, as far as it is known here. */
    Standing standing(Account account);

    /** How accounts stand, one for each. */
    default Mono<List<Standing>> standings(List<Account> accounts) {
        return Mono.fromSupplier(() -> accounts.stream().map(this::standing).toList());
    }

    /** Nano-USD. */
    record Standing(long spent, long held) {}
}
