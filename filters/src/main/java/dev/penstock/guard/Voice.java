package dev.penstock.guard;

import dev.penstock.core.TextKind;
import dev.penstock.exchange.Channel;
import dev.penstock.guard.GuardBook.Pieces;
import dev.penstock.guard.detect.Match;
import java.util.function.BooleanSupplier;

/** One text of a stream: the controls that act hold it back as far as they must, the others read along. */
final class Voice {

    /** Characters that are gathered before those look who only watch. */
    private static final int STRIDE = 256;

    /** Reasoning in a form that may repeat what is told as a plain text. */
    private static final String DETAILS = "reasoning_details";

    private final boolean acts;
    private final boolean watches;
    private final BooleanSupplier counts;
    private final Mouth acting;
    private final Mouth watching;
    private final StringBuilder unseen = new StringBuilder();

    /** Characters that were said. */
    private int said;

    /** Where what repeats another text begins in all that was said. */
    private int repeatFrom;

    private int repeatTo;

    /** {@code counts}: where not, it repeats another text by now, and is looked at without being counted again. */
    Voice(Channel channel, Pieces pieces, Verdicts verdicts, BooleanSupplier counts) {
        TextKind kind = channel.kind();
        Mouth.Listener listener = new Mouth.Listener() {
            @Override
            public void found(Finding finding, int offset) {
                boolean counted = counts.getAsBoolean() && !isRepeated(finding.match(), offset);
                if (counted || finding.action() == GuardrailConfig.Action.BLOCK) {
                    verdicts.found(finding, place(channel), offset);
                }
            }

            @Override
            public void accept(Control control, RuntimeException failure) {
                verdicts.broken(control, failure);
            }
        };
        acts = !pieces.holding().isEmpty();
        watches = !pieces.watching().isEmpty();
        this.counts = counts;
        acting = new Mouth(pieces.holding(), kind, listener);
        watching = new Mouth(pieces.watching(), kind, listener);
    }

    private boolean isRepeated(Match match, int offset) {
        return offset + match.start() >= repeatFrom && offset + match.end() <= repeatTo;
    }

    /** The last {@code length} characters begin a text that repeats another as far as {@code shared}: what is found there was counted. */
    void repeats(int length, int shared) {
        repeatFrom = said - length;
        repeatTo = repeatFrom + shared;
    }

    static boolean isDetail(Channel channel) {
        return channel.member().startsWith(DETAILS);
    }

    static String place(Channel channel) {
        boolean numbered = channel.kind() == TextKind.TOOL_ARGUMENTS && channel.call() != Channel.WHOLE;
        String call = numbered ? "[" + channel.call() + "]" : "";
        return "choices[" + channel.choice() + "]." + channel.member() + call;
    }

    String say(String piece) {
        said += piece.length();
        if (watches && counts.getAsBoolean()) {
            unseen.append(piece);
            if (unseen.length() >= STRIDE) {
                watching.say(unseen.toString());
                unseen.setLength(0);
            }
        }
        return acts ? acting.say(piece) : piece;
    }

    boolean isHolding() {
        return acts && acting.isHolding();
    }

    /** Nothing follows: gives what was held. */
    String end() {
        look();
        return acts ? acting.end() : "";
    }

    /** Nothing follows, and what was held goes to nobody: those who watch have still to see what went out. */
    void look() {
        if (watches) {
            watching.say(unseen.toString());
            unseen.setLength(0);
            watching.end();
        }
    }
}
