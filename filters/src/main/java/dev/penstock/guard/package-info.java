/**
 * Guardrails: what is looked for in what is asked and answered, and what is done about it.
 *
 * <p>A guardrail is a list of controls; a service has those that it and its team name. Every control leaves a verdict in the records
 * of the call, also one that did not run. The surprising thing: a stream holds back only what could still begin a match, and nothing
 * at all where a control only flags.
 */
@NullMarked
package dev.penstock.guard;

import org.jspecify.annotations.NullMarked;
