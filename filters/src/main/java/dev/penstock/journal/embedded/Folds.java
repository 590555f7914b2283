package dev.penstock.journal.embedded;

import dev.penstock.core.Json;
import dev.penstock.journal.Fold;
import dev.penstock.journal.JournalEvents;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** All folds. One that throws is told of and the others go on. */
record Folds(List<Fold> folds, JournalEvents events) {

    void apply(long seq, ObjectNode record) {
        for (Fold fold : folds) {
            try {
                fold.apply(seq, record);
            } catch (RuntimeException bug) {
                events.failed("fold '" + fold.name() + "' at record " + seq, bug);
            }
        }
    }

    ObjectNode snapshot() {
        ObjectNode all = Json.object();
        folds.forEach(fold -> all.set(fold.name(), fold.snapshot()));
        return all;
    }

    void restore(ObjectNode all) {
        for (Fold fold : folds) {
            fold.restore(all.path(fold.name()) instanceof ObjectNode state ? state : Json.object());
        }
    }
}
