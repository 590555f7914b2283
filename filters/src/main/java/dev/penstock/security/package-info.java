/**
 * Security events as one stream: a line in the log, a meter, a record in the audit trail, and an alert.
 *
 * <p>Whoever finds something tells {@link dev.penstock.exchange.SecurityEvents} and goes on. The surprising thing: of the same
 * kind and subject one is told in ten seconds, with the number of those that were not, or whoever attacks writes the log.
 */
@NullMarked
package dev.penstock.security;

import org.jspecify.annotations.NullMarked;
