package dev.penstock.guard;

import dev.penstock.core.TextKind;
import dev.penstock.exchange.Channel;
import dev.penstock.guard.GuardBook.Page;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** The texts of one stream, each with what is held of it. One stream, one thread at a time. */
final class Voices {

    /** What texts are called that may grow from event to event. */
    private static final String MESSAGE = "message.";

    private static final String CONTENT = "content";

    private final Page page;
    private final Verdicts verdicts;
    private final WholeAnswers answers;
    private final Map<Channel, Voice> all = new LinkedHashMap<>(4);
    private final Map<Channel, Growing> wholes = new LinkedHashMap<>(1);

    private final Set<Integer> over = new HashSet<>(1);

    /** Of choices the answer that came in pieces: a message may repeat it. */
    private final Map<Integer, Told> told = new HashMap<>(1);

    /** Choices that have told their reasoning as a plain text: its details repeat it. */
    private final Set<Integer> reasoned = new HashSet<>(1);

    Voices(Page page, Verdicts verdicts, WholeAnswers answers) {
        this.page = page;
        this.verdicts = verdicts;
        this.answers = answers;
    }

    /** Says all that an event says, and leaves in it what goes out; gives whether that is anything else. */
    boolean say(Heard event) {
        event.pieces.forEach(this::note);
        boolean changed = false;
        for (Map.Entry<Channel, String> piece : event.pieces.entrySet()) {
            Channel channel = piece.getKey();
            String text = piece.getValue();
            String out = voice(channel).say(text);
            out = event.ends.contains(channel.choice()) ? out + voice(channel).end() : out;
            answers.said(channel, text);
            changed |= !out.equals(text);
            piece.setValue(out);
        }
        for (int i = 0; i < event.wholes.size(); i++) {
            Heard.Whole whole = event.wholes.get(i);
            String out = whole(whole, event.ends.contains(whole.channel().choice()));
            changed |= !out.equals(whole.text());
            event.wholes.set(i, new Heard.Whole(whole.channel(), out));
        }
        over.addAll(event.ends);
        return changed;
    }

    /** Where nothing is held. */
    void say(Channel channel, String text) {
        note(channel, text);
        voice(channel).say(text);
        answers.said(channel, text);
    }

    private void note(Channel channel, String text) {
        if (channel.member().equals(CONTENT) && !text.isEmpty()) {
            told(channel).add(text);
        }
        if (channel.kind() == TextKind.REASONING && !text.isEmpty() && !Voice.isDetail(channel)) {
            reasoned.add(channel.choice());
        }
    }

    /**
     * Of a message whose choice goes on a later event may have more: what could still become a match is left out of this one. All
     * other texts that come as wholes are said once.
     */
    private String whole(Heard.Whole whole, boolean ended) {
        Channel channel = whole.channel();
        answers.told(channel, whole.text());
        boolean last =
                ended || over.contains(channel.choice()) || !channel.member().startsWith(MESSAGE);
        Growing known = last ? wholes.remove(channel) : wholes.get(channel);
        Growing growing = known == null ? begunWhole(channel) : known;
        String out = growing.say(whole.text());
        if (last) {
            return growing.end();
        }
        wholes.put(channel, growing);
        return out;
    }

    private Voice voice(Channel channel) {
        Voice known = all.get(channel);
        return known != null ? known : all.computeIfAbsent(channel, this::begun);
    }

    private Voice begun(Channel channel) {
        return new Voice(
                channel,
                page.pieces().get(channel.kind()),
                verdicts,
                () -> !Voice.isDetail(channel) || !reasoned.contains(channel.choice()));
    }

    private Growing begunWhole(Channel channel) {
        boolean repeats = channel.member().equals(MESSAGE + CONTENT);
        return new Growing(begun(channel), repeats ? told(channel) : new Told());
    }

    private Told told(Channel channel) {
        return told.computeIfAbsent(channel.choice(), it -> new Told());
    }

    /** Nothing more goes out: those who only watch look at what did. */
    void look() {
        all.values().forEach(Voice::look);
        wholes.values().forEach(Growing::look);
    }

    /** What is held of some texts, which do not go on. */
    void letGo(Predicate<Channel> which, BiConsumer<Channel, String> to) {
        all.forEach((channel, voice) -> {
            if (voice.isHolding() && which.test(channel)) {
                to.accept(channel, voice.end());
            }
        });
        wholes.forEach((channel, growing) -> {
            if (growing.isHolding() && which.test(channel)) {
                to.accept(channel, growing.rest());
            }
        });
    }
}
