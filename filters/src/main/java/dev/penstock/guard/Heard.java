package dev.penstock.guard;

import dev.penstock.core.TextKind;
import dev.penstock.exchange.Channel;
import dev.penstock.exchange.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one event of a stream says, as it came; once {@link Voices} have said it, as it goes out. */
final class Heard implements Texts.PieceVisitor {

    /** Those of one text together. */
    final Map<Channel, String> pieces = new LinkedHashMap<>(2);

    final List<Whole> wholes = new ArrayList<>(0);
    final List<Integer> ends = new ArrayList<>(0);

    private final Verdicts verdicts;
    private int said;
    private boolean unread;

    record Whole(Channel channel, String text) {}

    /** {@code verdicts} are told what cannot be read. */
    Heard(Verdicts verdicts) {
        this.verdicts = verdicts;
    }

    @Override
    public String piece(Channel channel, String text) {
        said++;
        pieces.merge(channel, text, String::concat);
        return text;
    }

    @Override
    public String whole(Channel channel, String text) {
        if (!text.isEmpty()) {
            wholes.add(new Whole(channel, text));
        }
        return text;
    }

    @Override
    public void ends(int choice) {
        ends.add(choice);
    }

    @Override
    public void other(String at, String what) {
        unread = true;
        verdicts.other(what);
    }

    @Override
    public void unreadable(String at) {
        unread = true;
        verdicts.unreadable(at);
    }

    /** Whether it is one piece of one text and nothing else. */
    boolean isOnePiece() {
        return said == 1 && wholes.isEmpty() && ends.isEmpty() && !unread;
    }

    boolean saysNothing() {
        return wholes.isEmpty()
                && ends.isEmpty()
                && !unread
                && pieces.values().stream().allMatch(String::isEmpty);
    }

    /**
     * Whether what was held on a channel that it does not say anything on cannot go on, since its choice says something else by now, or
     * is over.
     */
    boolean turnsFrom(Channel channel) {
        if (channel.call() == Channel.WHOLE) {
            return ends.contains(channel.choice())
                    && wholes.stream().noneMatch(whole -> whole.channel().equals(channel));
        }
        return !pieces.containsKey(channel) && isElsewhere(channel);
    }

    private boolean isElsewhere(Channel channel) {
        return ends.contains(channel.choice())
                || pieces.keySet().stream()
                        .anyMatch(other -> other.choice() == channel.choice()
                                && !(other.kind() == TextKind.REASONING && channel.kind() == TextKind.REASONING));
    }
}
