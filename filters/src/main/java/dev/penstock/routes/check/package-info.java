/**
 * What the types cannot say: names that must exist, numbers in range, addresses, keys, secrets that do not belong in a file.
 *
 * <p>The one surprising thing: an entry that could not be bound is not checked any further, so that one mistake is told once.
 */
@NullMarked
package dev.penstock.routes.check;

import org.jspecify.annotations.NullMarked;
