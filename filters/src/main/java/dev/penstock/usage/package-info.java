/**
 * What calls used and what it cost: every attempt is metered when it is over, and the sums by hour are kept.
 *
 * <p>A provider that did not report what it used, or was not heard to its end, is estimated from what was sent and what came:
 * never as nothing. The surprising thing: the sums are no table of their own but a fold over the audit records, so they cannot
 * say something else than those.
 */
@NullMarked
package dev.penstock.usage;

import org.jspecify.annotations.NullMarked;
