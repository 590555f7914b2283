package dev.penstock.journal.segment;

import dev.penstock.core.Json;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record as it is on disk.
 *
 * @param next where the record after it will begin
 * @param prev the hash before it, as it says itself
 * @param payload its JSON; not to be changed
 */
public record Stored(Place place, Place next, String chain, long seq, String prev, byte[] payload) {

    /** A payload that lies elsewhere than in a segment; empty when it was not written by a journal. */
    public static Optional<Stored> parse(byte[] payload) {
        return Links.of(payload)
                .map(links -> new Stored(Place.START, Place.START, links.chain(), links.seq(), links.prev(), payload));
    }

    /** With {@code chain}, {@code seq} and {@code prev}. */
    public ObjectNode record() {
        return (ObjectNode) Json.LENIENT_DEPTH.read(payload);
    }

    /** Whether these bytes stand anywhere in it: of many records, cheaper than to parse each. */
    public boolean mentions(byte[] bytes) {
        for (int at = 0; at + bytes.length <= payload.length; at++) {
            if (payload[at] == bytes[0] && Arrays.equals(payload, at, at + bytes.length, bytes, 0, bytes.length)) {
                return true;
            }
        }
        return false;
    }

    /** Its own, computed. */
    public String hash() {
        return Chain.hash(prev, payload, 0, payload.length);
    }
}
