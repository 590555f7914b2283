/**
 * Makes objects of what models write: a tolerant reader, coercions that say the same in the schema's types, and a choice.
 *
 * <p>Pure: no step, no framework. The one surprising thing: nothing here ever completes a text. A string, number or word that the
 * model's output ends in is dropped with its key, since it is not known how it would have gone on; only brackets are closed.
 */
@NullMarked
package dev.penstock.prompt.fit;

import org.jspecify.annotations.NullMarked;
