package dev.penstock.journal.embedded;

import dev.penstock.core.Json;
import dev.penstock.journal.segment.Chain;
import dev.penstock.journal.segment.Place;
import dev.penstock.journal.tree.MerkleTree;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the records up to one of them come to.
 *
 * @param chain at that record
 * @param last where that record is
 * @param tree over the records up to that one; null in those of versions that had none
 * @param folds the state of each, by name
 */
record Snapshot(Chain chain, Place last, @Nullable MerkleTree tree, ObjectNode folds) {

    ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("chain", chain.name());
        json.put("seq", chain.seq());
        json.put("hash", chain.hash());
        json.put("segment", last.segment());
        json.put("offset", last.offset());
        if (tree != null) {
            tree.text().forEach(json.putArray("tree")::add);
        }
        json.set("folds", folds);
        return json;
    }

    static Snapshot of(ObjectNode json) {
        Chain chain = new Chain(Json.string(json, "chain"), Json.integer(json, "seq"), Json.string(json, "hash"));
        return new Snapshot(
                chain,
                new Place(Json.integer(json, "segment"), Json.integer(json, "offset")),
                tree(chain.seq(), json.path("tree")),
                (ObjectNode) json.path("folds"));
    }

    private static @Nullable MerkleTree tree(long size, JsonNode roots) {
        List<String> text = new ArrayList<>();
        roots.forEach(root -> text.add(root.stringValue()));
        return text.isEmpty() ? null : MerkleTree.of(size, text);
    }
}
