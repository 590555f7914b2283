package dev.penstock.guard;

import dev.penstock.exchange.Channel;
import dev.penstock.guard.Moderation.Said;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The texts of one stream as they grow, as far as they are yet to be judged; of one that is longer than can be judged, no more than shows that.
 * One thread at a time.
 */
final class Passages {

    /** Characters before a window that are judged with it once more, since what they mean may go on in it. */
    static final int CONTEXT = 200;

    private final Map<Channel, Passage> all = new LinkedHashMap<>(2);
    private final Map<Channel, String> told = new HashMap<>(1);

    /** Of each choice the answer that came in pieces, which events may repeat as a whole. */
    private final Map<Integer, StringBuilder> answers = new HashMap<>(1);

    private int fresh;

    private static final class Passage {

        private final StringBuilder text = new StringBuilder();

        /** Where {@link #text} begins in all that was said. */
        private int offset;

        /** How much of {@link #text} was judged before. */
        private int judged;

        /** Half a character waits for the other half. */
        private Said said(Channel channel) {
            int end = text.length();
            boolean half = end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
            return new Said(Voice.place(channel), text.substring(0, half ? end - 1 : end), offset);
        }

        private void forget() {
            int drop = Math.max(0, text.length() - CONTEXT);
            drop += drop < text.length() && Character.isLowSurrogate(text.charAt(drop)) ? 1 : 0;
            text.delete(0, drop);
            offset += drop;
            judged = text.length();
        }
    }

    /** A piece. */
    void say(Channel channel, String text) {
        if (channel.member().equals("content")) {
            append(answers.computeIfAbsent(channel.choice(), it -> new StringBuilder()), text);
        }
        add(channel, text);
    }

    private static void append(StringBuilder said, String text) {
        if (said.length() <= Moderation.MOST) {
            said.append(text);
        }
    }

    private void add(Channel channel, String text) {
        if (text.isEmpty()) {
            return;
        }
        append(all.computeIfAbsent(channel, it -> new Passage()).text, text);
        fresh += text.length();
    }

    /** Of a text that events have as a whole, and may repeat as it grows, what is new; nothing of one that repeats the pieces. */
    void tell(Channel channel, String text) {
        String before = told.put(channel, text);
        StringBuilder answer = channel.member().equals("message.content") ? answers.get(channel.choice()) : null;
        if (answer == null || !text.contentEquals(answer)) {
            add(channel, before != null && text.startsWith(before) ? text.substring(before.length()) : text);
        }
    }

    /** Characters that nobody judged yet. */
    int fresh() {
        return fresh;
    }

    /** Whether anything was said that is not over. */
    boolean isOpen() {
        return !all.isEmpty();
    }

    /** What was said since the last window, with a little of what was before. */
    List<Said> window() {
        List<Said> said = new ArrayList<>(all.size());
        all.forEach((channel, passage) -> {
            if (passage.text.length() > passage.judged) {
                said.add(passage.said(channel));
                passage.forget();
            }
        });
        fresh = 0;
        return said;
    }

    /** All that was said in those choices; they are over. */
    List<Said> wholes(Collection<Integer> choices) {
        List<Said> said = new ArrayList<>(all.size());
        all.forEach((channel, passage) -> {
            if (choices.contains(channel.choice())) {
                said.add(passage.said(channel));
            }
        });
        all.keySet().removeIf(channel -> choices.contains(channel.choice()));
        return said;
    }

    /** All that was said and is not over. */
    List<Said> rest() {
        return wholes(all.keySet().stream().map(Channel::choice).toList());
    }
}
