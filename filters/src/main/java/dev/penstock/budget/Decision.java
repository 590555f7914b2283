package dev.penstock.budget;

import java.time.Duration;
import java.time.Instant;

/** What a ledger says to a request to hold money. */
sealed interface Decision {

    /** Nothing is held: the window of an account is not the one that is open at {@code now}, by the clock that counts. */
    record Moved(Instant now) implements Decision {}

    /** Nobody can say how budgets stand. Whether something is held is not known; it is given back unless the call is let go. */
    record Unknown(Duration comeBack) implements Decision {}

    /** All of it is held. */
    record Held() implements Decision {}

    /**
     * Nothing more is held than before.
     *
     * @param account the first one that is exhausted, else the first one that has too little left
     * @param spent of its window
     * @param held by others
     * @param asked what was to be held
     */
    record Denied(Account account, long spent, long held, long asked) implements Decision {

        /** Whether it would not fit even if nothing were held. */
        boolean exhausted() {
            return asked > account.limit() - spent;
        }

        /** What is left for this one. */
        long left() {
            return Math.max(0, account.limit() - spent - held);
        }
    }
}
