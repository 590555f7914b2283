/**
 * What callers speak, and the one place that writes HTTP: answers, streams and failures in the caller's own dialect.
 *
 * <p>The surprising thing: a stream that has begun and fails ends visibly, with an error event and without the end marker.
 */
@NullMarked
package dev.penstock.surface;

import org.jspecify.annotations.NullMarked;
