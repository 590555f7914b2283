package dev.penstock.journal.checkpoint;

import dev.penstock.journal.segment.Damage;
import dev.penstock.journal.segment.Deletion;
import dev.penstock.journal.segment.Place;
import dev.penstock.journal.segment.Segments;
import dev.penstock.journal.segment.Stored;
import dev.penstock.journal.segment.Verification;
import dev.penstock.journal.tree.MerkleTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds a journal against checkpoints while it is read: at the size of each, the root must be the one that was signed. A first one
 * that differs says that something was changed since the last one that does not. Not thread-safe.
 */
public final class Comparison implements Verification.Progress {

    private final Verification.Progress outer;
    private final List<Checkpoint> checkpoints;
    private final List<Damage> damage = new ArrayList<>();
    private MerkleTree tree = MerkleTree.EMPTY;
    private int next;
    private int matching;
    private final List<Checkpoint> passed = new ArrayList<>();
    private @Nullable Checkpoint confirmed;

    /** Where the first record is that no checkpoint has confirmed yet. */
    private @Nullable Place doubtful;

    private Place last = Place.START;

    public Comparison(List<Checkpoint> checkpoints, Verification.Progress outer) {
        this.checkpoints = checkpoints.stream()
                .sorted(Comparator.comparingLong(Checkpoint::size))
                .toList();
        this.outer = outer;
        reach(0);
    }

    @Override
    public boolean at(long records, long bytes) {
        return outer.at(records, bytes);
    }

    @Override
    public void record(Stored stored, String hash) {
        if (doubtful == null) {
            doubtful = stored.place();
        }
        last = stored.place();
        if (stored.seq() > tree.size()) {
            tree = tree.upTo(stored.seq() - 1).plus(hash);
            reach(tree.size());
        }
        outer.record(stored, hash);
    }

    /** Whatever checkpoints lie inside a stretch cannot be compared any more. */
    @Override
    public void deleted(Deletion deletion) {
        if (deletion.first() == tree.size() + 1) {
            deletion.stretches().forEach(this::stretch);
            if (tree.size() != deletion.last()) {
                tell("what is told of deleted records up to " + deletion.last() + " ends with record " + tree.size());
            }
        }
        outer.deleted(deletion);
    }

    void stretch(Deletion.Stretch stretch) {
        try {
            tree = stretch.after(tree);
        } catch (IllegalArgumentException wrong) {
            tell("what is told of deleted records up to " + stretch.end() + " fits no tree: " + wrong.getMessage());
        }
        if (tree.size() != stretch.end()) {
            tell("what is told of deleted records up to " + stretch.end() + " ends with record " + tree.size());
        }
        while (next < checkpoints.size() && checkpoints.get(next).size() < tree.size()) {
            passed.add(checkpoints.get(next++));
        }
        reach(tree.size());
    }

    private void reach(long size) {
        while (next < checkpoints.size() && checkpoints.get(next).size() <= size) {
            Checkpoint checkpoint = checkpoints.get(next++);
            if (checkpoint.matches(tree)) {
                matching++;
                confirmed = checkpoint;
                doubtful = null;
            } else {
                tell("records " + (confirmedSize() + 1) + " to " + checkpoint.size() + ", up to "
                        + Segments.name(last.segment()) + ", are not those of the " + checkpoint);
            }
        }
    }

    /** What the journal ends without; asked once, at its end. */
    public List<Damage> end() {
        if (next < checkpoints.size()) {
            Checkpoint newest = checkpoints.get(checkpoints.size() - 1);
            tell("records " + (confirmedSize() + 1) + " to " + newest.size() + " are not those of the " + newest
                    + ": the trail ends with record " + tree.size());
            next = checkpoints.size();
        }
        return List.copyOf(damage);
    }

    /** What differs so far. */
    public List<Damage> differing() {
        return List.copyOf(damage);
    }

    /** Only the first that differs says something: all behind it do. */
    private void tell(String what) {
        if (damage.isEmpty()) {
            Place place = doubtful == null ? last : doubtful;
            damage.add(new Damage(Segments.name(place.segment()), place.offset(), confirmedSize() + 1, what));
        }
    }

    private long confirmedSize() {
        return confirmed == null ? 0 : confirmed.size();
    }

    /** Over all that was read. */
    public MerkleTree tree() {
        return tree;
    }

    /** How many had the same root. */
    public int matching() {
        return matching;
    }

    /** Those that lie among deleted records, where nothing can be compared any more. */
    public List<Checkpoint> passed() {
        return List.copyOf(passed);
    }

    /** The newest that had: nothing before its end was changed. */
    public Optional<Checkpoint> confirmed() {
        return Optional.ofNullable(confirmed);
    }
}
