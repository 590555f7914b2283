package dev.penstock.records.index;

import dev.penstock.core.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads a record of any form. */
final class TreeReading {

    private TreeReading() {}

    /** What is no JSON has no words: it stays in the segment, and verification tells of it. */
    static void read(byte[] record, Row into) {
        into.clear();
        JsonNode tree;
        try {
            tree = Json.LENIENT_DEPTH.read(record);
        } catch (JacksonException damaged) {
            return;
        }
        if (tree.isObject()) {
            for (Column column : Column.values()) {
                into.set(column, column.of(tree));
            }
            add(tree.path("sent").path("texts"), into);
            add(tree.path("answer").path("texts"), into);
        }
    }

    private static void add(JsonNode hashes, Row into) {
        for (JsonNode hash : hashes) {
            into.add(Words.hash(hash.asString("")));
        }
    }
}
