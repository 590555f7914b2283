package dev.penstock.guard;

import dev.penstock.exchange.Channel;
import dev.penstock.exchange.Texts;
import java.util.Iterator;

/** Writes what goes out into a copy of the event that was heard: of several pieces of a text all of it stands in the first. */
final class Retold implements Texts.PieceVisitor {

    private final Heard heard;
    private final Iterator<Heard.Whole> wholes;

    Retold(Heard heard) {
        this.heard = heard;
        this.wholes = heard.wholes.iterator();
    }

    @Override
    public String piece(Channel channel, String text) {
        String out = heard.pieces.put(channel, "");
        return text.equals(out) ? text : out == null ? "" : out;
    }

    @Override
    public String whole(Channel channel, String text) {
        String out = text.isEmpty() ? text : wholes.next().text();
        return text.equals(out) ? text : out;
    }
}
