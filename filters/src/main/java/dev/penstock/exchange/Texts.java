package dev.penstock.exchange;

import dev.penstock.core.Chunk;
import dev.penstock.core.TextVisitor;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where the texts of a surface are. Trees are changed in place where a visitor answers with another text. Stateless. */
public interface Texts {

    /** Is shown the pieces of an event, and which choices it ends. */
    interface PieceVisitor {

        /** What stands in the piece's place from here on. */
        String piece(Channel channel, String text);

        /** The same for a text that an event has as a whole, though it may have come in pieces before. */
        String whole(Channel channel, String text);

        default void ends(int choice) {}

        /** As {@link TextVisitor#other} is told. */
        default void other(String at, String what) {}

        /** As {@link TextVisitor#unreadable} is told. */
        default void unreadable(String at) {}
    }

    void asked(ObjectNode body, TextVisitor visitor);

    void answered(ObjectNode body, TextVisitor visitor);

    /** The last message of a request: its text, or those of its parts, joined. */
    String lastAsked(ObjectNode body);

    /** What a model was asked for as a whole: one text for each of its answers. */
    List<String> documents(ObjectNode answer);

    /** Whether an event of a stream holds whole texts, to be read by {@link #answered}. */
    boolean isWhole(Chunk event);

    void pieces(JsonNode event, PieceVisitor visitor);

    /** Whether nothing of an event is left to tell once its texts are empty. */
    boolean isEmpty(JsonNode event);

    /** An event that says {@code text} on a channel and nothing else; for the rest it is {@code like} another of the stream. */
    Chunk piece(JsonNode like, Channel channel, String text);
}
