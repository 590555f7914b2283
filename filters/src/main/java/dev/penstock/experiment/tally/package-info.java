/**
 * What the calls of an experiment came to: counts, money, times and scores by arm, and the verdict.
 *
 * <p>The surprising thing: nothing is stored here. All of it is a fold over the records of calls and of feedback, so it survives
 * what they survive and cannot say something else.
 */
@NullMarked
package dev.penstock.experiment.tally;

import org.jspecify.annotations.NullMarked;
