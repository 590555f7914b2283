package dev.penstock.journal.segment;

import dev.penstock.core.Json;
import dev.penstock.journal.tree.MerkleTree;
import dev.penstock.journal.tree.Span;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is kept of a segment that was deleted: enough to prove that what follows it, and every checkpoint in it, belong to one tree.
 *
 * @param first record
 * @param last record
 * @param hash of the last record, in hex: what the next one follows
 * @param stretches in order; each ends where a checkpoint did, the last with the segment
 */
public record Deletion(long first, long last, String hash, List<Stretch> stretches) {

    /** The type of the record that the rule writes of each. */
    public static final String RECORD = "retention.deleted";

    /** Leaves up to {@code end}, behind those of the stretch before. */
    public record Stretch(long end, List<Span.Subtree> parts) {

        /** The tree behind it. */
        public MerkleTree after(MerkleTree before) {
            MerkleTree tree = before;
            for (Span.Subtree part : parts) {
                tree = tree.plus(part.level(), part.root());
            }
            return tree;
        }
    }

    /** The tree behind all of it. */
    public MerkleTree after(MerkleTree before) {
        MerkleTree tree = before;
        for (Stretch stretch : stretches) {
            tree = stretch.after(tree);
        }
        return tree;
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("first", first).put("last", last).put("hash", hash);
        ArrayNode list = json.putArray("stretches");
        for (Stretch stretch : stretches) {
            ArrayNode parts = list.addObject().put("end", stretch.end()).putArray("parts");
            stretch.parts().forEach(part -> parts.add(part.text()));
        }
        return json;
    }

    /** Throws a {@link RuntimeException} when it is none. */
    static Deletion of(JsonNode json) {
        List<Stretch> stretches = new ArrayList<>();
        for (JsonNode stretch : json.path("stretches")) {
            List<Span.Subtree> parts = new ArrayList<>();
            stretch.path("parts").forEach(part -> parts.add(Span.Subtree.of(part.stringValue())));
            stretches.add(new Stretch(Json.integer(stretch, "end"), parts));
        }
        return new Deletion(
                Json.integer(json, "first"), Json.integer(json, "last"), Json.string(json, "hash"), stretches);
    }
}
