/**
 * Upstream credentials: a pool of keys a provider, of which one is taken for each attempt.
 *
 * <p>A key that the provider refuses or throttles leaves the pool for a while and comes back by itself; callers never see that
 * it was refused.
 */
@NullMarked
package dev.penstock.credential;

import org.jspecify.annotations.NullMarked;
