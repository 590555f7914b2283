/**
 * What is told of a request when it is over: one server span, a client span for each attempt, meters, a debug line.
 *
 * <p>Names are public, dashboards stand on them; {@code observability/CATALOG.md} is made from the enums here. The
 * surprising thing: spans of attempts are made at the end, with the times that the trail remembers, so that a request
 * that is not sampled pays for none of them. No prompt and no key is ever told, and labels come from closed lists.
 */
@NullMarked
package dev.penstock.telemetry;

import org.jspecify.annotations.NullMarked;
