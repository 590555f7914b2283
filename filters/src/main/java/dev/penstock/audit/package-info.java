/**
 * The record of every call: an intent before each attempt leaves, an outcome or a refusal when the request is over.
 *
 * <p>Security teams ask who sent what where, and whether anything is missing; only what stood on the disk before the call left
 * can answer that. The surprising thing: the outcome is not waited for. A crash between the two leaves an intent without one,
 * which the next start closes as {@code unknown}, so that the caller's path holds one write to the disk and not two.
 */
@NullMarked
package dev.penstock.audit;

import org.jspecify.annotations.NullMarked;
