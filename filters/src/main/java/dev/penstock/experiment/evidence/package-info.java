/**
 * What scores say about the arms of an experiment: pure arithmetic, docs/experiments.md has the method.
 *
 * <p>The surprising thing: a statement counts groups of callers and not calls, since calls of one caller resemble each other.
 */
@NullMarked
package dev.penstock.experiment.evidence;

import org.jspecify.annotations.NullMarked;
