/**
 * What administrators are served, on a port of its own and behind a token.
 *
 * <p>Every answer and every refusal here is recorded. The surprising thing: Spring serves the administrators' port with the beans
 * of the callers' port, so {@link dev.penstock.gateway.admin.AdminDoor} stands before both and keeps them apart.
 */
@NullMarked
package dev.penstock.gateway.admin;

import org.jspecify.annotations.NullMarked;
