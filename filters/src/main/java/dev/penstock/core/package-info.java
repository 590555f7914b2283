/**
 * The vocabulary that everything else speaks: what is asked, what is answered, what it used, how it fails.
 *
 * <p>Values only, on the JDK and Jackson's tree. The canonical form of a conversation is OpenAI's chat, widened by what the
 * other dialects can say (reasoning with signatures, errors of tools, several cache counters), so that a new dialect adds a
 * translator and changes nothing here.
 */
@NullMarked
package dev.penstock.core;

import org.jspecify.annotations.NullMarked;
