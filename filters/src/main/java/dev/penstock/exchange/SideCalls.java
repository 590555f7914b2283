package dev.penstock.exchange;

import java.time.Duration;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Asks a configured provider something for a step, beside the calls that callers make of it. Thread-safe; never waits. */
@FunctionalInterface
public interface SideCalls {

    /**
     * Posts once, with a key of the provider's pool, over its own connections. Fails with {@link Failed} when there is no answer of status 200
     * within the time; cancelling closes the connection.
     *
     * @param path below the provider's base URL
     */
    Mono<byte[]> post(Settings settings, String provider, String path, ObjectNode body, Duration patience);

    /** No answer. Its words may be recorded: they hold neither key, address nor text. */
    final class Failed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public Failed(String why) {
            super(why, null, false, false);
        }
    }
}
