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

    boolean isIn(int from, int to) {
        int next = taken.nextSetBit(from);
        return next >= 0 && next < to;
    }

    List<Match> all() {
        return all;
    }
}
