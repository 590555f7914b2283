/**
 * Copies of calls to another target, after their answer, to compare the two.
 *
 * <p>The surprising thing: a copy is a call of its own, with its own records, permits and budget, by a service that nobody has a key
 * of ({@code shadow/NAME of the model}); so it costs its caller neither time nor money.
 */
@NullMarked
package dev.penstock.experiment.shadow;

import org.jspecify.annotations.NullMarked;
