package dev.penstock.guard;

import dev.penstock.guard.detect.Match;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What one control finds twice at one place is one thing: the first of its detectors to see it says what. */
final class Overlaps {

    private Overlaps() {}

    /** By their beginnings. */
    static List<Finding> settled(List<Finding> found) {
        List<Finding> kept = new ArrayList<>(found.size());
        for (Finding finding : found) {
            if (kept.stream().noneMatch(other -> same(other, finding))) {
                kept.add(finding);
            }
        }
        kept.sort(Comparator.comparingInt(finding -> finding.match().start()));
        return kept;
    }

    private static boolean same(Finding one, Finding other) {
        Match first = one.match();
        Match second = other.match();
        return one.control() == other.control() && first.start() < second.end() && second.start() < first.end();
    }
}
