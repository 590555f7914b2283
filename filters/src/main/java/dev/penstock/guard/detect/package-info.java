/**
 * What can be recognised in a text without a model: secrets, words, tries at prompt injection, expressions of operators.
 *
 * <p>A {@link dev.penstock.guard.detect.Lookout} goes over a text once and knows afterwards which detectors have anything to look at; in
 * most texts none has. Nothing here backtracks: the time is linear in the text, whatever the text is.
 */
@NullMarked
package dev.penstock.guard.detect;

import org.jspecify.annotations.NullMarked;
