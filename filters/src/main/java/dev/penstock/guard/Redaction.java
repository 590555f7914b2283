package dev.penstock.guard;

import dev.penstock.guard.GuardrailConfig.Action;
import dev.penstock.guard.detect.Grower;
import dev.penstock.guard.detect.Growth;
import dev.penstock.guard.detect.Match;
import java.util.List;
import java.util.Locale;

/** Puts what was found out of a text: {@code [EMAIL]} in the place of an address. */
final class Redaction {

    private Redaction() {}

    /** Of {@code text} from {@code from} to {@code to}; findings by their beginnings. */
    static String of(String text, int from, int to, List<Finding> findings) {
        StringBuilder edited = new StringBuilder(to - from);
        int at = from;
        for (Finding finding : findings) {
            Match match = finding.match();
            if (finding.action() == Action.REDACT && match.end() > at && match.start() < to) {
                if (match.start() >= at) {
                    edited.append(text, at, match.start()).append(placeholder(match.type()));
                } else if (match.start() < from && at == from) {
                    edited.append(placeholder(match.type()));
                }
                at = end(text, match);
            }
        }
        return at < to ? edited.append(text, at, to).toString() : edited.toString();
    }

    static String placeholder(String type) {
        return "[" + type.toUpperCase(Locale.ROOT).replace('-', '_') + "]";
    }

    /** A match that is as long as what a stream holds back, or longer, goes on to its natural end, so that a stream is cut like a text. */
    static int end(String text, Match match) {
        if (match.growth() == Growth.NONE || match.end() - match.start() < Growth.HELD) {
            return match.end();
        }
        Grower grower = match.growth().grower();
        int at = match.start();
        while (at < text.length() && (grower.takes(text.charAt(at)) || at < match.end())) {
            at++;
        }
        return at;
    }
}
