/**
 * What is let in: the request's head is checked and its body read, counted as it arrives.
 *
 * <p>The bytes stay counted until the request is over, answer included, since the body and the tree made from it live as
 * long. The surprising thing: a small buffer counts for more than it holds, so that a body that trickles in byte by byte
 * cannot pile up more memory than the counter knows of.
 */
@NullMarked
package dev.penstock.admit;

import org.jspecify.annotations.NullMarked;
