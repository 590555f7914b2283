package dev.penstock.upstream;

import io.netty.buffer.ByteBuf;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Flux;

/**
 * The head of an answer, with its body to come.
 *
 * @param headers lower-case names
 * @param body to be read once or given up by {@code abort}; cancelling it closes the connection
 */
record Reply(int status, Map<String, String> headers, Flux<ByteBuf> body, Runnable abort) {

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    boolean isEventStream() {
        return header("content-type")
                .filter(type -> type.contains("event-stream"))
                .isPresent();
    }

    /** Whether it can be no stream of events, whatever its bytes are: a page, or bytes in a coding that was not asked for. */
    boolean isForeign() {
        boolean page = header("content-type")
                .filter(type -> type.contains("html") || type.contains("xml"))
                .isPresent();
        return page
                || header("content-encoding")
                        .filter(coding -> !coding.equalsIgnoreCase("identity"))
                        .isPresent();
    }

    boolean isJson() {
        return header("content-type").filter(type -> type.contains("json")).isPresent();
    }
}
