package dev.penstock.guard;

import dev.penstock.core.TextKind;
import dev.penstock.guard.detect.Detector;
import dev.penstock.guard.detect.Grower;
import dev.penstock.guard.detect.Growth;
import dev.penstock.guard.detect.Match;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One text of a stream on its way out, a piece at a time: gives what can be told by now, and holds the end that could still become a
 * match, {@link Growth#HELD} characters at most. One text, one thread at a time.
 */
final class Mouth {

    private final Inspection inspection;
    private final TextKind kind;
    private final Listener listener;
    private final StringBuilder text = new StringBuilder();

    /** Where what is not told yet begins in {@link #text}; before it stands what tells matches from others. */
    private int told;

    /** Where {@link #text} begins in all that was said. */
    private int offset;

    private @Nullable Grower swallowing;

    /** Is told what is found as soon as that is certain, once. */
    interface Listener extends BiConsumer<Control, RuntimeException> {

        void found(Finding finding, int offset);
    }

    Mouth(Inspection inspection, TextKind kind, Listener listener) {
        this.inspection = inspection;
        this.kind = kind;
        this.listener = listener;
    }

    boolean isHolding() {
        return text.length() > told;
    }

    /** Says a piece; gives what goes out for it, possibly nothing. */
    String say(String piece) {
        text.append(swallowed(piece));
        String all = text.toString();
        List<Finding> found = inspection.look(all, kind, listener);
        int hold = Math.max(told, hold(all, found));
        if (all.length() - hold > Growth.HELD) {
            hold = forced(all, found);
        }
        return release(all, hold, found);
    }

    /** Nothing follows: gives the rest. */
    String end() {
        String all = text.toString();
        return release(all, all.length(), inspection.look(all, kind, listener));
    }

    /** What is left of a piece behind a match that was longer than is held. */
    private String swallowed(String piece) {
        Grower grower = swallowing;
        if (grower == null) {
            return piece;
        }
        int at = 0;
        while (at < piece.length() && grower.takes(piece.charAt(at))) {
            at++;
        }
        text.append(piece, 0, at);
        forget(text.length());
        if (at < piece.length()) {
            swallowing = null;
        }
        return piece.substring(at);
    }

    private int hold(String all, List<Finding> found) {
        int hold = inspection.open(all);
        // from the last on: one that is held may hold one before it
        for (int i = found.size() - 1; i >= 0; i--) {
            Match match = found.get(i).match();
            if (match.start() < hold && goesBeyond(match, hold, all)) {
                hold = match.start();
            }
        }
        return hold;
    }

    private static boolean goesBeyond(Match match, int hold, String all) {
        return match.end() > hold || match.end() == all.length() && match.growth() != Growth.NONE;
    }

    /** As much as has to go, with all of the match that it goes through. */
    private int forced(String all, List<Finding> found) {
        int hold = all.length() - Growth.HELD;
        for (Finding finding : found) {
            Match match = finding.match();
            if (match.start() < hold && match.end() > hold) {
                hold = Redaction.end(all, match);
                if (hold == all.length() && match.growth() != Growth.NONE) {
                    swallow(all, match);
                }
            }
        }
        return hold;
    }

    private void swallow(String all, Match match) {
        Grower grower = match.growth().grower();
        for (int i = match.start(); i < all.length(); i++) {
            grower.takes(all.charAt(i));
        }
        swallowing = grower;
    }

    private String release(String all, int to, List<Finding> found) {
        int from = told;
        for (Finding finding : found) {
            if (finding.match().end() > from && finding.match().end() <= to) {
                listener.found(finding, offset);
            }
        }
        String out = Redaction.of(all, from, to, found);
        forget(to);
        return out;
    }

    /** All before {@code to} is told; a little of it stays, since it says what the next is. */
    private void forget(int to) {
        int drop = Math.max(0, to - Detector.CONTEXT);
        text.delete(0, drop);
        offset += drop;
        told = to - drop;
    }
}
