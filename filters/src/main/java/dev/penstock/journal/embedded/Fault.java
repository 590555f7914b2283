package dev.penstock.journal.embedded;

import dev.penstock.journal.JournalView.State;
import java.io.IOException;
import java.util.Locale;

/** Why nothing but closing records is taken. */
record Fault(State state, String reason) {

    /** The JDK gives the system's words and no code. */
    static Fault of(String doing, IOException failure) {
        String words = String.valueOf(failure.getMessage());
        String lower = words.toLowerCase(Locale.ROOT);
        boolean space = lower.contains("space") || lower.contains("quota") || lower.contains("too large");
        return new Fault(
                space ? State.FULL : State.READ_ONLY,
                doing + " failed: " + failure.getClass().getSimpleName() + ": " + words);
    }
}
