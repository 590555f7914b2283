package dev.penstock.exchange;

import java.time.Duration;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Asks a configured provider something for a step, beside the calls that callers make of it. Thread-safe; never waits. */
@FunctionalInterface
public interface SideCalls {

    /**
     * Posts once, with a key of the provider's pool, over its own connections, when the call's {@link Gates} let it pass. Fails with {@link Failed}
     * when they do not, and when there is no answer of status 200 within the time; cancelling closes the connection.
     *
     * @param path below the provider's base URL
     * @param patience from when it has passed the gates
     */
    Mono<byte[]> post(LlmExchange exchange, String provider, String path, ObjectNode body, Duration patience);

    /** No answer. Its words may be recorded: they hold neither key, address nor text. */
    final class Failed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public Failed(String why) {
            super(why, null, false, false);
        }
    }
}
