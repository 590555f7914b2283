/**
 * Content kinds: the folders of {@code prompts/}, read and checked once at start-up.
 *
 * <p>A kind is files only, and a new one needs no code: what it takes and gives are JSON Schemas, what it asks is a template,
 * what it answers when a model fails is another. The one surprising thing: two rules of the contract are keywords in those
 * schemas. A {@code default} below an {@code if} holds only where the condition does (a platform's own limit), and
 * {@code x-max-length-from} bounds an answer's text by a number of the request.
 */
@NullMarked
package dev.penstock.prompt.kind;

import org.jspecify.annotations.NullMarked;
