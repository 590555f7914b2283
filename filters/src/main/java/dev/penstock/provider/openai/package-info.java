/**
 * OpenAI's chat completions, and the many services that speak them (PROVIDERS 2 and 12).
 *
 * <p>The canonical form is this dialect's own, so most of it is checking and looking; what is odd are the compatibles: usage
 * on any chunk, tool fragments without index, streams without {@code [DONE]}, errors inside a 200.
 */
@NullMarked
package dev.penstock.provider.openai;

import org.jspecify.annotations.NullMarked;
