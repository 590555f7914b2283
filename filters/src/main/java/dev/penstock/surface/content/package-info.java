/**
 * The surface of content routes: JSON objects of a kind in, JSON objects of that kind out, errors as RFC 9457 problems.
 *
 * <p>The one surprising thing: answers of providers take OpenAI's chat form on their way through the steps, and only
 * FitSchema makes the kind's object of them; so this surface lends its words for answers from the chat surface.
 */
@NullMarked
package dev.penstock.surface.content;

import org.jspecify.annotations.NullMarked;
