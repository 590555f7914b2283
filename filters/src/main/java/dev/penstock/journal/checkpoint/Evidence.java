package dev.penstock.journal.checkpoint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Signed notes, and the key that must have signed them.
 *
 * @param source how to call them, such as the file
 * @param unsigned what torn ones said: it proves nothing, but that more was written
 * @param key null when there is none to hold them against
 */
public record Evidence(
        String source,
        List<Note> notes,
        List<Checkpoint> unsigned,
        @Nullable VerifierKey key) {

    /** Older ones stand by their roots alone: the newest covers all they say, and a signature costs a millisecond. */
    private static final int MOST_SIGNATURES = 5_000;

    /** Of notes that are all whole. */
    public Evidence(String source, List<Note> notes, @Nullable VerifierKey key) {
        this(source, notes, List.of(), key);
    }

    public static Evidence of(String source, Notes notes, @Nullable VerifierKey key) {
        return new Evidence(source, notes.whole(), notes.unsigned(), key);
    }

    /**
     * What it says of one journal.
     *
     * @param forged lines on notes that the key has not signed
     * @param foreign notes of other journals
     */
    record Statements(List<Checkpoint> checkpoints, List<String> forged, int foreign) {}

    Statements of(String origin) {
        List<Note> own = notes.stream()
                .filter(note -> note.checkpoint()
                        .filter(it -> it.origin().equals(origin))
                        .isPresent())
                .sorted(Comparator.comparingLong(Evidence::size))
                .toList();
        VerifierKey known = key == null ? null : key.named(origin).orElse(key);
        List<Checkpoint> ours = new ArrayList<>();
        List<String> forged = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            Checkpoint checkpoint = own.get(i).checkpoint().orElseThrow();
            if (known != null && i >= own.size() - MOST_SIGNATURES && !known.signed(own.get(i))) {
                forged.add(source + ": the " + checkpoint + refused(known, own.get(i)));
            } else {
                ours.add(checkpoint);
            }
        }
        return new Statements(ours, forged, notes.size() - own.size());
    }

    /** A forger's key and one that the journal had before, or has since, look the same to whoever has neither. */
    private static String refused(VerifierKey known, Note note) {
        return known.named(note)
                ? " is not signed by " + known.text()
                : " is signed by a key that is not given (expected: " + known.text()
                        + "); give all keys of the instance, or somebody else signed it";
    }

    /** A key signs for one journal: with another's nothing can be said, not even that something is forged. */
    Optional<String> keyOfAnother(String origin) {
        return Optional.ofNullable(key)
                .filter(it -> it.named(origin).isEmpty())
                .map(it -> source + ": the key is one of " + it.name() + " (expected: of this trail, " + origin + ")");
    }

    /**
     * Where the newest of a file is torn, its others prove less than the file was kept for. One that was appended to what was torn within a
     * line has more before its origin, and its signature fits no more.
     */
    Optional<String> unconfirmed(String origin, long confirmed) {
        Stream<Checkpoint> glued = notes.stream()
                .flatMap(note -> note.checkpoint().stream())
                .filter(it -> !it.origin().equals(origin));
        return Stream.concat(unsigned.stream(), glued)
                .filter(it -> it.origin().endsWith(origin) && it.size() > confirmed)
                .max(Comparator.comparingLong(Checkpoint::size))
                .map(it -> source + ": a torn checkpoint says " + it.size() + " records, only " + confirmed
                        + " are confirmed");
    }

    private static long size(Note note) {
        return note.checkpoint().orElseThrow().size();
    }
}
