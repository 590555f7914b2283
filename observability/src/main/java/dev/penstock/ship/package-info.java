/**
 * Sends the records of every call to where others keep them: {@code audit.shippers}.
 *
 * <p>A shipper reads the journal's segments as anybody does who comes later, and remembers its place in a file: no call and no
 * writer knows of it. The surprising thing: it never skips. What a sink refuses for good is offered again once a minute, and nothing behind it leaves
 * before it: a trail with a hole that nobody has seen is worth less than one that is late.
 */
@NullMarked
package dev.penstock.ship;

import org.jspecify.annotations.NullMarked;
