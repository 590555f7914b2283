package dev.penstock.exchange;

import dev.penstock.core.GatewayException;
import tools.jackson.databind.node.ObjectNode;

/** How failures look to those who speak an API, also where the rest of it is not spoken. */
public interface ErrorShape {

    /** The body of a failure. */
    ObjectNode error(GatewayException failure, String requestId);

    /** The media type of {@link #error}. */
    String errorMediaType();
}
