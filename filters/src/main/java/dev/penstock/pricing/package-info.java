/**
 * What a call costs: prices from routes.yml and from a built-in catalogue, and the cost of a usage, line by line.
 *
 * <p>Money is nano-USD in a {@code long}; a price is nano-USD for a million tokens, or for a thousand calls; each line is
 * rounded up. The one surprising thing: there is no price of zero for what is not known. It is an empty {@code Optional},
 * and a hard budget refuses it.
 */
@NullMarked
package dev.penstock.pricing;

import org.jspecify.annotations.NullMarked;
