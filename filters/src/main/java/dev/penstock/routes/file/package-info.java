/**
 * From bytes to a tree that remembers where each value stands, with the environment resolved.
 *
 * <p>YAML 1.2: {@code no} and {@code 012} are text. The one surprising thing: values stay text until they are bound, so what
 * the environment holds is never read as YAML, and messages can show a value as it was written instead of what it became.
 */
@NullMarked
package dev.penstock.routes.file;

import org.jspecify.annotations.NullMarked;
