package dev.penstock.provider.openai;

import java.util.BitSet;

/** Which choices of a stream began and ended. The marker of an end is the finish reason (PROVIDERS 1.1, rule 3). */
final class Ending {

    private static final int MOST_CHOICES = 4096;

    private final BitSet begun = new BitSet();
    private final BitSet finished = new BitSet();
    private boolean done;

    void began(int choice) {
        begun.set(bounded(choice));
    }

    void finished(int choice) {
        finished.set(bounded(choice));
    }

    void done() {
        done = true;
    }

    /** {@code [DONE]} alone counts too once a choice began: some services never send a finish reason. */
    boolean complete() {
        return !begun.isEmpty() && (done || finished.equals(begun));
    }

    boolean closed() {
        return done;
    }

    private static int bounded(int choice) {
        return Math.min(Math.max(choice, 0), MOST_CHOICES);
    }
}
