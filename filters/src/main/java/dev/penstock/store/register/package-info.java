/**
 * State that administrators change while the gateway runs: small documents by id, in a file of the data directory or in Redis.
 *
 * <p>Whoever asks is answered from a copy in memory, so no request waits for it. The surprising thing: documents are never
 * removed, only marked as over, and each carries a revision that grows. So a Redis that lost its last second is told again by the
 * instances what they know, also after they were restarted, and a revocation cannot get lost with it.
 */
@NullMarked
package dev.penstock.store.register;

import org.jspecify.annotations.NullMarked;
