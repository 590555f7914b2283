package dev.penstock.ship;

import java.time.Duration;

/** What became of a batch. */
sealed interface Receipt {

    /** The sink has it. */
    record Taken() implements Receipt {}

    /**
     * It may take it later.
     *
     * @param reason without the address
     * @param pause that it asked for; zero when it did not
     */
    record Away(String reason, Duration pause) implements Receipt {}

    /**
     * It will not take this as it is.
     *
     * @param content it is about what was sent, not about who sends or where to: a smaller batch may be taken
     */
    record Refused(String reason, boolean content) implements Receipt {}
}
