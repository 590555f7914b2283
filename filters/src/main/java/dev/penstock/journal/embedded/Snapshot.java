package dev.penstock.journal.embedded;

import dev.penstock.core.Json;
import dev.penstock.journal.segment.Chain;
import dev.penstock.journal.segment.Place;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the records up to one of them come to.
 *
 * @param chain at that record
 * @param last where that record is
 * @param folds the state of each, by name
 */
record Snapshot(Chain chain, Place last, ObjectNode folds) {

    ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("chain", chain.name());
        json.put("seq", chain.seq());
        json.put("hash", chain.hash());
        json.put("segment", last.segment());
        json.put("offset", last.offset());
        json.set("folds", folds);
        return json;
    }

    static Snapshot of(ObjectNode json) {
        return new Snapshot(
                new Chain(Json.string(json, "chain"), Json.integer(json, "seq"), Json.string(json, "hash")),
                new Place(Json.integer(json, "segment"), Json.integer(json, "offset")),
                (ObjectNode) json.path("folds"));
    }
}
