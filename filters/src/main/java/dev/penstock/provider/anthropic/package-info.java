/**
 * Anthropic's Messages API.
 *
 * <p>The system prompt is a field of its own, {@code max_tokens} is mandatory, all results of one turn's calls stand in one
 * user message, and what a model accepts differs by generation: {@code models.json} holds that as rows of a table (PROVIDERS
 * 4.6). The surprising thing: where a model has no native JSON schema, the schema becomes a tool that the model must call,
 * and since a dialect keeps no state, the tool's reserved name alone tells the answer's reader to turn the call back into
 * text (PROVIDERS 13.4).
 */
@NullMarked
package dev.penstock.provider.anthropic;

import org.jspecify.annotations.NullMarked;
