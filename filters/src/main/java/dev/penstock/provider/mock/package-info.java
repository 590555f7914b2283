/**
 * The provider that needs no network: an OpenAI-shaped answer as a script of bytes and pauses, which the transport plays as
 * if it had come over a wire.
 *
 * <p>It is pure: the same request gives the same bytes, but for {@code created}. {@code MockScript} is the way in;
 * {@code Composer} decides what is said, {@code Schema*} makes values that fit a JSON Schema, {@code Whole} and
 * {@code Streamed} put it into the wire. What the caller wrote is echoed in a few words only, and never logged.
 */
@NullMarked
package dev.penstock.provider.mock;

import org.jspecify.annotations.NullMarked;
