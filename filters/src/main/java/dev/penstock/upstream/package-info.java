/**
 * The way out: which targets are tried, and the one call that leaves the building.
 *
 * <p>Failover is a loop inside {@code CallUpstream}, not a re-run of the chain, and it ends with the first semantic event: until
 * then nothing has been sent to the caller, so another provider can still answer with true headers. The surprising thing:
 * nothing here asks Spring's own Netty routing for help; docs/adr/0003 says why.
 */
@NullMarked
package dev.penstock.upstream;

import org.jspecify.annotations.NullMarked;
