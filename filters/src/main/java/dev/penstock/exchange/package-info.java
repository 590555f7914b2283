/**
 * The spine: facts flow inward, the answer flows outward, and a trail grows.
 *
 * <p>A step may read facts, put its own (once), call the rest once or not at all, and return the answer, changed or not. The
 * one surprising thing: {@code Mono<Answer>} completes when a stream <em>starts</em>, so whatever must happen at the end of
 * a request is told to {@link dev.penstock.exchange.Over}, never to the Mono's own end.
 */
@NullMarked
package dev.penstock.exchange;

import org.jspecify.annotations.NullMarked;
