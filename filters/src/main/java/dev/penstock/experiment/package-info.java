/**
 * Experiments and the rollout: which callers get which prompt version, model or provider, and what their answers were worth.
 *
 * <p>The surprising thing: nothing is drawn. Who gets what follows from a hash of the caller, so it needs no store and is the same
 * on every instance.
 */
@NullMarked
package dev.penstock.experiment;

import org.jspecify.annotations.NullMarked;
