/**
 * The way to Redis, for what instances share. Spring's own names ({@code spring.data.redis.*}), without Spring's repositories.
 *
 * <p>The surprising thing: a command that was under way when a connection broke is not sent again. Whoever asked is told, and
 * knows whether it may be repeated.
 */
@NullMarked
package dev.penstock.store;

import org.jspecify.annotations.NullMarked;
