/**
 * The counts of limits in Redis, shared by every instance, and what is done while it is away.
 *
 * <p>All that a call takes is taken by one script in one round trip, at the time of Redis' own clock: clocks of instances do not
 * matter. The surprising thing: what is concurrent is a set of leases and not a number, since an instance that dies gives nothing
 * back. Why it is a script of our own and not Bucket4j: {@code docs/adr/0009}.
 */
@NullMarked
package dev.penstock.limit.redis;

import org.jspecify.annotations.NullMarked;
