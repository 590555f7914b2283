/**
 * Dialects: how each provider is spoken to. Pure translation between bytes, trees and the hub; no Spring, Reactor or Netty.
 *
 * <p>A dialect is a folder: {@code XDialect} (encode, decode), {@code XStream} (events to deltas), {@code XErrors}. Dialects
 * do not know each other. {@code docs/architecture.md} says how to add one.
 */
@NullMarked
package dev.penstock.provider;

import org.jspecify.annotations.NullMarked;
