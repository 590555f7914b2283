/**
 * The surface {@code POST /v1/chat/completions}: OpenAI's chat as callers see it.
 *
 * <p>A request is checked only as far as the gateway needs it; a provider of the same dialect says the rest itself. The
 * surprising part: whatever is wrong deeper down is found when the hub is first needed, and named by its path then.
 */
@NullMarked
package dev.penstock.surface.chat;

import org.jspecify.annotations.NullMarked;
