/**
 * Dialects: how each provider is spoken to. Pure translation between bytes, trees and the hub; no Spring, Reactor or Netty.
 *
 * <p>A dialect is a folder around an implementation of {@link Dialect}: requests, answers, streams (events to deltas), errors,
 * and a scanner for events that travel verbatim. Dialects do not know each other. {@code docs/architecture.md} says how to add one.
 */
@NullMarked
package dev.penstock.provider;

import org.jspecify.annotations.NullMarked;
