/**
 * Content prompts: from a kind's input to a conversation, and from a model's answer to the kind's object.
 *
 * <p>RenderPrompt and FitSchema are two ends of one request, and {@link dev.penstock.prompt.Rendered} is what the first
 * leaves for the second. The one surprising thing: a provider's failure stays a failure; the fallback stands in only for an
 * answer that came and does not fit.
 */
@NullMarked
package dev.penstock.prompt;

import org.jspecify.annotations.NullMarked;
