package dev.penstock.guard;

import dev.penstock.exchange.Channel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The answers of one stream as far as they have come, for the controls that check whole ones. Not thread-safe. */
final class WholeAnswers {

    /** Characters of an answer that are kept; a longer one is a failure of the check. */
    private static final int LARGEST = 4 << 20;

    /** What the text of an answer is called that an event has as a whole. */
    private static final String MESSAGE = "message.content";

    private final Roster roster;
    private final Verdicts verdicts;
    private final Map<Integer, StringBuilder> begun = new LinkedHashMap<>(1);
    private final Map<Integer, String> repeated = new HashMap<>(1);

    /** Choices that have said something, on whatever channel, and have not ended. */
    private final Set<Integer> open = new HashSet<>(1);

    /** Choices whose answer was checked; an empty one may still be told as a whole. */
    private final Set<Integer> checked = new HashSet<>(1);

    /** Whether any has ended. */
    private boolean ended;

    WholeAnswers(Roster roster, Verdicts verdicts) {
        this.roster = roster;
        this.verdicts = verdicts;
    }

    void said(Channel channel, String text) {
        if (!roster.checksWhole()) {
            return;
        }
        open.add(channel.choice());
        if (channel.member().equals("content")) {
            StringBuilder answer = begun.computeIfAbsent(channel.choice(), it -> new StringBuilder());
            if (answer.length() < LARGEST) {
                answer.append(text);
            }
        }
    }

    /** What an event had as a whole, of the answer that may have come in pieces: those are what is checked. */
    void told(Channel channel, String text) {
        if (!roster.checksWhole() || checked.contains(channel.choice())) {
            return;
        }
        open.add(channel.choice());
        if (channel.member().equals(MESSAGE)) {
            repeated.put(channel.choice(), text);
        }
    }

    /** Those that came as a whole. */
    void came(List<String> answers) {
        ended = true;
        answers.forEach(answer -> Documents.check(roster, answer, "the answer", verdicts));
    }

    void end(int choice) {
        ended = true;
        open.remove(choice);
        CharSequence repeat = repeated.remove(choice);
        CharSequence pieces = begun.remove(choice);
        CharSequence answer = pieces == null || pieces.isEmpty() && repeat != null ? repeat : pieces;
        if (answer == null) {
            return;
        }
        if (!answer.isEmpty()) {
            checked.add(choice);
        }
        if (answer.length() < LARGEST) {
            Documents.check(roster, answer.toString(), "the answer", verdicts);
        } else {
            controls().forEach(control -> verdicts.broken(control, new IllegalStateException("a text too long")));
        }
    }

    void endAll() {
        ended = true;
        List.copyOf(open).forEach(this::end);
    }

    /** Nothing more comes: half an answer cannot be checked as a whole one. */
    void leave() {
        if (!ended || !open.isEmpty()) {
            controls().forEach(control -> verdicts.skipped(control, "the answer did not end"));
        }
    }

    private List<Control> controls() {
        return roster.controls().stream().filter(Control::checksWhole).toList();
    }
}
