/**
 * The benchmark that {@code ./mvnw -Pbench verify} runs: bare upstream, plain Spring Cloud Gateway and Penstock, in turns.
 *
 * <p>Three processes at a time: the upstream, one subject under load, and this one, which makes the load. What counts is the
 * CPU time that a subject took for a request, and its ratio to the plain gateway's in the same round; times of day depend on
 * the machine. The surprising thing: the plain gateway's jar is made from Penstock's own, so that both load the same libraries
 * in the same way.
 */
@NullMarked
package dev.penstock.bench;

import org.jspecify.annotations.NullMarked;
