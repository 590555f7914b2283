/**
 * A scripted upstream and a raw client: HTTP/1.1 on bare sockets, so that a test can send every byte, and every fault, that a
 * framework would hide.
 *
 * <p>Both keep real sockets: how the pieces of a {@link dev.penstock.testing.Script} arrive is up to the kernel, which may
 * join them. A reset throws away what the other side has not yet taken from its kernel, so wait for what must arrive first.
 */
@NullMarked
package dev.penstock.testing;

import org.jspecify.annotations.NullMarked;
