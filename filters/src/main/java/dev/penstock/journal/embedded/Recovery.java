package dev.penstock.journal.embedded;

import dev.penstock.core.Json;
import dev.penstock.journal.JournalConfig;
import dev.penstock.journal.JournalException;
import dev.penstock.journal.JournalException.Reason;
import dev.penstock.journal.segment.Chain;
import dev.penstock.journal.segment.Damage;
import dev.penstock.journal.segment.Place;
import dev.penstock.journal.segment.SegmentReader;
import dev.penstock.journal.segment.Segments;
import dev.penstock.journal.segment.Stored;
import dev.penstock.journal.tree.MerkleTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Reads from the last snapshot on, and tells the folds. */
final class Recovery {

    private static final int TOLD = 100;

    private final JournalConfig config;
    private final Segments segments;
    private final Folds folds;
    private final List<Damage> damage = new ArrayList<>();
    private Chain chain;
    private MerkleTree tree = MerkleTree.EMPTY;
    private Place last = Place.START;
    private long replayed;

    private Recovery(JournalConfig config, Segments segments, Folds folds) {
        this.config = config;
        this.segments = segments;
        this.folds = folds;
        this.chain = Chain.begin(config.chain());
    }

    static Recovered run(JournalConfig config, Segments segments, Folds folds, Optional<Snapshot> snapshot)
            throws IOException {
        return new Recovery(config, segments, folds).from(snapshot);
    }

    private Recovered from(Optional<Snapshot> snapshot) throws IOException {
        folds.restore(snapshot.map(Snapshot::folds).orElseGet(Json::object));
        Place from = snapshot.map(Snapshot::last).orElse(Place.START);
        try (SegmentReader reader = segments.read(from, this::tell)) {
            if (snapshot.isPresent()) {
                anchor(snapshot.get(), reader);
            } else {
                beginning();
            }
            for (Optional<Stored> next = reader.next(); next.isPresent(); next = reader.next()) {
                replay(next.get());
            }
            Place end = reader.place();
            boolean fresh = !damage.isEmpty() || end.equals(Place.START);
            if (!damage.isEmpty() && !config.acceptCorruption()) {
                throw refused(damage.get(0));
            }
            return new Recovered(
                    chain, tree, last, end, reader.tornBytes(), fresh, replayed, from, List.copyOf(damage));
        }
    }

    /** The record that the snapshot ends with must be there: it was durable. */
    private void anchor(Snapshot snapshot, SegmentReader reader) throws IOException {
        belongs(snapshot.chain().name());
        chain = snapshot.chain();
        last = snapshot.last();
        tree = snapshot.tree() == null ? grown(chain.seq()) : snapshot.tree();
        Optional<Stored> record = reader.expecting(chain.seq()).next();
        boolean there = record.filter(it -> it.seq() == chain.seq() && it.hash().equals(chain.hash()))
                .isPresent();
        if (!there) {
            Place place = snapshot.last();
            tell(new Damage(
                    Segments.name(place.segment()),
                    place.offset(),
                    chain.seq(),
                    "record of the snapshot is missing (expected: hash " + chain.hash() + ")"));
            record.filter(it -> it.seq() > chain.seq()).ifPresent(this::replay);
        }
    }

    /** Over all up to this record, read again: only after a version that kept no tree. */
    private MerkleTree grown(long seq) throws IOException {
        MerkleTree grown = MerkleTree.EMPTY;
        try (SegmentReader reader = segments.read(Place.START, ignored -> {})) {
            Optional<Stored> next = reader.next();
            while (next.isPresent() && next.get().seq() <= seq) {
                grown = grown.upTo(next.get().seq() - 1).plus(next.get().hash());
                next = reader.next();
            }
        }
        return grown.upTo(seq);
    }

    private void beginning() {
        List<Long> firsts = segments.firsts();
        if (!firsts.isEmpty() && firsts.get(0) != 1) {
            tell(new Damage(Segments.name(firsts.get(0)), 0, 1, "no snapshot stands for the records before"));
        }
    }

    private void replay(Stored stored) {
        belongs(stored.chain());
        if (stored.seq() <= chain.seq()) {
            tell(stored, "record " + stored.seq() + " again (expected: " + (chain.seq() + 1) + ")");
            return;
        }
        if (stored.seq() == chain.seq() + 1 && !stored.prev().equals(chain.hash())) {
            tell(stored, "record follows hash " + stored.prev() + " (expected: " + chain.hash() + ")");
        }
        try {
            folds.apply(stored.seq(), stored.record());
        } catch (JacksonException | ClassCastException notJson) {
            tell(stored, "record is no JSON object");
        }
        chain = new Chain(stored.chain(), stored.seq(), stored.hash());
        tree = tree.upTo(stored.seq() - 1).plus(stored.hash());
        last = stored.place();
        replayed++;
    }

    private void belongs(String found) {
        if (!found.equals(config.chain())) {
            throw new JournalException(
                    Reason.OTHER_CHAIN,
                    "journal in " + config.directory() + " is that of instance '" + found + "' (expected: '"
                            + config.chain() + "')");
        }
    }

    private void tell(Stored stored, String what) {
        tell(new Damage(Segments.name(stored.place().segment()), stored.place().offset(), stored.seq(), what));
    }

    private void tell(Damage found) {
        if (damage.size() < TOLD) {
            damage.add(found);
        }
    }

    private JournalException refused(Damage first) {
        return new JournalException(
                Reason.DAMAGED,
                "journal in " + config.directory() + " is damaged: " + first.segment() + " at offset " + first.offset()
                        + ": " + first.what() + "; it opens when corruption is accepted, which is recorded");
    }
}
