package dev.penstock.journal.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signed notes, and the key that must have signed them.
 *
 * @param source how to call them, such as the file
 * @param key null when there is none to hold them against
 */
public record Evidence(
        String source, List<Note> notes, @Nullable VerifierKey key) {

    /** Older ones stand by their roots alone: the newest covers all they say, and a signature costs a millisecond. */
    private static final int MOST_SIGNATURES = 5_000;

    /**
     * What it says of one journal.
     *
     * @param forged lines on notes that the key has not signed
     * @param foreign notes of other journals
     */
    record Statements(List<Checkpoint> checkpoints, List<String> forged, int foreign) {}

    Statements of(String origin) {
        List<Checkpoint> ours = new ArrayList<>();
        List<String> forged = new ArrayList<>();
        int foreign = 0;
        for (int i = 0; i < notes.size(); i++) {
            Optional<Checkpoint> checkpoint = notes.get(i).checkpoint();
            boolean own = checkpoint.filter(it -> it.origin().equals(origin)).isPresent();
            boolean look = key != null && i >= notes.size() - MOST_SIGNATURES;
            if (!own) {
                foreign++;
            } else if (look && !key.signed(notes.get(i))) {
                forged.add(source + ": the " + checkpoint.get() + " is not signed by " + key.text());
            } else {
                ours.add(checkpoint.get());
            }
        }
        return new Statements(ours, forged, foreign);
    }
}
