/**
 * Tells people outside of what they have to know: {@code alerts.webhook}.
 *
 * <p>The surprising thing: an alert may be lost. It is tried a few times and then counted as failed, since what it tells of
 * stands in the log and in the records anyway, and no call waits for it.
 */
@NullMarked
package dev.penstock.alert;

import org.jspecify.annotations.NullMarked;
