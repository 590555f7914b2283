package dev.penstock.journal.segment;

import dev.penstock.core.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record as it is on disk.
 *
 * @param next where the record after it will begin
 * @param prev the hash before it, as it says itself
 * @param payload its JSON; not to be changed
 */
public record Stored(Place place, Place next, String chain, long seq, String prev, byte[] payload) {

    /** With {@code chain}, {@code seq} and {@code prev}. */
    public ObjectNode record() {
        return (ObjectNode) Json.LENIENT_DEPTH.read(payload);
    }

    /** Its own, computed. */
    public String hash() {
        return Chain.hash(prev, payload, 0, payload.length);
    }
}
