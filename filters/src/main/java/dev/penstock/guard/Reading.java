package dev.penstock.guard;

import dev.penstock.core.TextKind;
import dev.penstock.core.TextVisitor;
import dev.penstock.guard.GuardrailConfig.Action;
import java.util.ArrayList;
import java.util.List;

/** Reads the texts of a body without changing it, and knows afterwards what would have to be changed. One body, one thread. */
final class Reading implements TextVisitor {

    private final Inspection inspection;
    private final Verdicts verdicts;
    private final boolean keeps;
    private final List<String> texts = new ArrayList<>(0);
    private final List<String> places = new ArrayList<>(0);

    /** Texts before the first of {@link #texts}: they stay as they are. */
    private int before;

    private boolean edited;

    /** @param keeps whether {@link #texts} and {@link #places} are wanted afterwards */
    Reading(Inspection inspection, Verdicts verdicts, boolean keeps) {
        this.inspection = inspection;
        this.verdicts = verdicts;
        this.keeps = keeps;
    }

    @Override
    public String text(TextKind kind, String at, String text) {
        String next = text;
        List<Finding> found = inspection.look(text, kind, verdicts::broken);
        if (!found.isEmpty()) {
            found.forEach(finding -> verdicts.found(finding, at, 0));
            boolean redacts = found.stream().anyMatch(finding -> finding.action() == Action.REDACT);
            next = redacts ? Redaction.of(text, 0, text.length(), found) : text;
            edited |= redacts;
        }
        keep(next, at);
        return text;
    }

    /** From the first one on that has to be changed, when nobody wants them but the writer. */
    private void keep(String text, String at) {
        if (keeps) {
            places.add(at);
        } else if (!edited) {
            before++;
            return;
        }
        texts.add(text);
    }

    @Override
    public void other(String at, String what) {
        verdicts.other(what);
    }

    @Override
    public void unreadable(String at) {
        verdicts.unreadable(at);
    }

    boolean hasEdits() {
        return edited;
    }

    /** The texts in their order, without what was taken out. */
    List<String> texts() {
        return texts;
    }

    /** Where each of {@link #texts} stands. */
    List<String> places() {
        return places;
    }

    /** Writes what was read, changed where it has to be, into a copy whose texts come in the same order. */
    TextVisitor writer() {
        return new Writer();
    }

    private final class Writer implements TextVisitor {

        private int next = -before;

        @Override
        public String text(TextKind kind, String at, String text) {
            int number = next++;
            return number < 0 || texts.get(number).equals(text) ? text : texts.get(number);
        }
    }
}
