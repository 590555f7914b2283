package dev.penstock.upstream;

import io.netty.buffer.ByteBuf;
import java.util.Map;
import reactor.core.publisher.Flux;

/**
 * The head of an answer, with its body to come.
 *
 * @param headers lower-case names
 * @param body to be read once or given up by {@code abort}; cancelling it closes the connection
 */
record Reply(int status, Map<String, String> headers, Flux<ByteBuf> body, Runnable abort) {

    /** Whether it can be no stream of events, whatever its bytes are: a page, or bytes in a coding that was not asked for. */
    boolean isForeign() {
        String type = headers.get("content-type");
        if (type != null && (type.contains("html") || type.contains("xml"))) {
            return true;
        }
        String coding = headers.get("content-encoding");
        return coding != null && !coding.equalsIgnoreCase("identity");
    }

    boolean isJson() {
        String type = headers.get("content-type");
        return type != null && type.contains("json");
    }
}
