package dev.penstock.guard;

import dev.penstock.guard.detect.Growth;
import dev.penstock.guard.detect.Match;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one control finds twice at one place is one thing, all of it: the first of its detectors to see it says what. */
final class Overlaps {

    private Overlaps() {}

    /** A finding and its number among those that were found. */
    private record Seen(Finding finding, int number) {

        private Match match() {
            return finding.match();
        }

        private Seen with(Seen later) {
            Seen namer = number < later.number ? this : later;
            int more = Integer.compare(later.match().end(), match().end());
            boolean longer = more > 0 || more == 0 && match().growth() == Growth.NONE;
            Match last = longer ? later.match() : match();
            Match all = new Match(namer.match().type(), match().start(), last.end(), last.growth());
            return new Seen(new Finding(finding.control(), all, namer.finding.action()), namer.number);
        }
    }

    /** By their beginnings. */
    static List<Finding> settled(List<Finding> found) {
        List<Seen> sorted = new ArrayList<>(found.size());
        found.forEach(finding -> sorted.add(new Seen(finding, sorted.size())));
        sorted.sort(Comparator.comparingInt(seen -> seen.match().start()));
        List<Seen> kept = new ArrayList<>(found.size());
        Map<Control, Integer> last = new HashMap<>(4);
        for (Seen seen : sorted) {
            Integer at = last.get(seen.finding().control());
            if (at != null && seen.match().start() < kept.get(at).match().end()) {
                kept.set(at, kept.get(at).with(seen));
            } else {
                last.put(seen.finding().control(), kept.size());
                kept.add(seen);
            }
        }
        return kept.stream().map(Seen::finding).toList();
    }
}
