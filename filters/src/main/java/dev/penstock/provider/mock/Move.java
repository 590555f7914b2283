package dev.penstock.provider.mock;

import java.time.Duration;
import java.util.Map;

/** One thing that the mock does on its imagined connection. Played in order; nothing follows End, Cut or Stall. */
public sealed interface Move {

    /** {@code headers} have lower-case names; the body's length is not told. */
    record Head(int status, Map<String, String> headers) implements Move {}

    /** A part of the body. */
    record Bytes(byte[] bytes) implements Move {}

    record Pause(Duration duration) implements Move {}

    /** The connection breaks. */
    record Cut() implements Move {}

    /** The body is complete. */
    record End() implements Move {}

    /** Nothing more, for ever. */
    record Stall() implements Move {}
}
