package dev.penstock.upstream;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request on its way out.
 *
 * @param path below the provider's base URL
 * @param headers complete but for host and length; lower-case names
 * @param tree what {@code body} says, for the transport that plays a provider
 */
record Outgoing(String path, Map<String, String> headers, ObjectNode tree, byte[] body) {

    /** Never shows headers or body. */
    @Override
    public String toString() {
        return "Outgoing[" + path + "]";
    }
}
