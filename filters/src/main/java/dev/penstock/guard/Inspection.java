package dev.penstock.guard;

import dev.penstock.core.TextKind;
import dev.penstock.guard.detect.Detector;
import dev.penstock.guard.detect.Glance;
import dev.penstock.guard.detect.Lookout;
import dev.penstock.guard.detect.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Some controls that look at a text together: it is gone over once for all of them. Immutable, so thread-safe. */
final class Inspection {

    private final One[] all;
    private final Lookout lookout;

    private record One(Control control, Detector detector, int firstKeyword) {}

    Inspection(List<Control> controls) {
        List<Detector> detectors = new ArrayList<>();
        List<One> ones = new ArrayList<>();
        int keyword = 0;
        for (Control control : controls) {
            for (Detector detector : control.detectors()) {
                ones.add(new One(control, detector, keyword));
                detectors.add(detector);
                keyword += detector.keywords().size();
            }
        }
        this.all = ones.toArray(One[]::new);
        this.lookout = Lookout.of(detectors);
    }

    boolean isEmpty() {
        return all.length == 0;
    }

    /** What is in a text, by its beginning; a control that breaks is told to {@code broken}, and the others go on. */
    List<Finding> look(String text, TextKind kind, BiConsumer<Control, RuntimeException> broken) {
        Glance glance = lookout.look(text);
        List<Finding> found = List.of();
        List<Match> matches = new ArrayList<>(0);
        for (One one : all) {
            try {
                one.detector.find(text, glance, one.firstKeyword, matches);
            } catch (RuntimeException failure) {
                broken.accept(one.control, failure);
            }
            if (!matches.isEmpty()) {
                found = found.isEmpty() ? new ArrayList<>() : found;
                add(matches, one.control, kind, found);
                matches.clear();
            }
        }
        return found.isEmpty() ? found : Overlaps.settled(found);
    }

    private static void add(List<Match> matches, Control control, TextKind kind, List<Finding> found) {
        for (Match match : matches) {
            if (control.wants(match.type())) {
                found.add(new Finding(control, match, control.action(kind)));
            }
        }
    }

    /** From where on the end of a text could still become a match. */
    int open(String text) {
        int open = text.length();
        for (One one : all) {
            open = Math.min(open, one.detector.open(text));
        }
        return open;
    }
}
