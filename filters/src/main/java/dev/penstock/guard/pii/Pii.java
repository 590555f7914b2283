package dev.penstock.guard.pii;

import dev.penstock.guard.detect.Detector;
import dev.penstock.guard.detect.Glance;
import dev.penstock.guard.detect.Match;
import dev.penstock.guard.detect.Tails;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Recognises the types that it is asked for. Where two could be meant by one text, the one with the check sum is. */
public final class Pii implements Detector {

    /** Digits of the shortest telephone number. */
    private static final int FEWEST_DIGITS = 7;

    /** Digits of the shortest IP address of version 4. */
    private static final int FEWEST_OF_ADDRESS = 4;

    /** Characters between a number and a word behind it that says what it is. */
    private static final int AFTER = 12;

    private final Set<PiiType> types;

    public Pii(Set<PiiType> types) {
        this.types = EnumSet.copyOf(types);
    }

    @Override
    public List<String> keywords() {
        return List.of();
    }

    @Override
    public void find(String text, Glance glance, int first, List<Match> to) {
        if (!glance.at() && !glance.colon() && glance.digits() < FEWEST_OF_ADDRESS) {
            return;
        }
        Found found = new Found();
        if (glance.at() && types.contains(PiiType.EMAIL)) {
            Emails.find(text, found);
        }
        if (glance.colon() && types.contains(PiiType.IP)) {
            Addresses.version6(text, found);
        }
        if (glance.digits() >= FEWEST_OF_ADDRESS && types.contains(PiiType.IP)) {
            Addresses.version4(text, found);
        }
        if (glance.digits() >= FEWEST_DIGITS) {
            numbers(text, found);
        }
        to.addAll(found.all());
    }

    /** In the order of what a check says for certain. */
    private void numbers(String text, Found found) {
        if (types.contains(PiiType.IBAN)) {
            Ibans.find(text, found);
        }
        List<Run> runs = Run.in(text);
        if (types.contains(PiiType.SSN)) {
            runs.forEach(run -> SocialSecurity.find(text, run, found));
        }
        if (types.contains(PiiType.CARD)) {
            runs.forEach(run -> Cards.find(text, run, found));
        }
        if (types.contains(PiiType.PHONE)) {
            runs.forEach(run -> Phones.find(text, run, found));
        }
    }

    @Override
    public int open(String text) {
        return Tails.numbers(text, AFTER);
    }
}
