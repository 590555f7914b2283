package dev.penstock.guard.pii;

import dev.penstock.guard.detect.Match;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** What was found in one text, and where: so that what is one thing by now is not taken for another. */
final class Found {

    private final List<Match> all = new ArrayList<>(0);
    private final BitSet taken = new BitSet(0);

    void add(Match match) {
        all.add(match);
        taken.set(match.start(), match.end());
    }

    /** Looks no further than there: what is found next may stand far behind. */
    boolean isIn(int from, int to) {
        for (int i = from; i < to; i++) {
            if (taken.get(i)) {
                return true;
            }
        }
        return false;
    }

    List<Match> all() {
        return all;
    }
}
