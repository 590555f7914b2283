package dev.penstock.budget;

import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Where money is held and charged. At every instant what is spent and held of an account is at most its limit, unless a charge
 * was more than what was held for it. Thread-safe.
 */
interface Ledger {

    /**
     * Makes what is held under {@code id} these amounts, all or nothing; what it held before counts as its own. The same call
     * again changes nothing.
     */
    Mono<Decision> hold(String id, List<Claim> claims);

    /** Gives back all that is held under {@code id} and charges these amounts; for an id that holds nothing, does nothing. */
    Mono<Void> settle(String id, List<Claim> charges);

    /** How an account stands. */
    Standing standing(Account account);

    /** Nano-USD. */
    record Standing(long spent, long held) {}
}
