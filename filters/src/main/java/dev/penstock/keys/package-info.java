/**
 * Who asks: a caller's key becomes the service behind it.
 *
 * <p>Keys are compared by their SHA-256 digest and never kept. The surprising thing: a loopback-only key, such as the
 * shipped demo key, exists only while the data port is bound to loopback, and not for a request that another proxy passed
 * on, since such a proxy may stand on this machine and speak for the whole network.
 */
@NullMarked
package dev.penstock.keys;

import org.jspecify.annotations.NullMarked;
