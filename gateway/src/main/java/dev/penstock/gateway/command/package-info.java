/**
 * The command line: questions that are answered without a server.
 *
 * <p>Each prints to the standard output and ends with 0 (yes, sound) or 1. The surprising thing: {@code check} and {@code explain} start the whole
 * application but for its ports, since only that knows every filter that routes.yml may name.
 */
@NullMarked
package dev.penstock.gateway.command;

import org.jspecify.annotations.NullMarked;
