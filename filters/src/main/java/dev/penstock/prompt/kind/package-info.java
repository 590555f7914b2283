/**
 * Content kinds: the folders of {@code prompts/}, read and checked whole.
 *
 * <p>A kind is files only, and a new one needs no code: what it takes and gives are JSON Schemas, what it asks is a template,
 * what it answers when a model fails is another. Beside the folders stand what kinds share: partials, and what platforms allow.
 * The one surprising thing: what an answer must be that depends on its request are keywords in the answer's schema, which start
 * with {@code x-} and become a {@link dev.penstock.prompt.kind.Demand} each.
 */
@NullMarked
package dev.penstock.prompt.kind;

import org.jspecify.annotations.NullMarked;
