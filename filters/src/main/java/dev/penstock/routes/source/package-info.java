/**
 * Reads routes.yml with the files that it includes, as bytes first: what was read is what is compiled.
 *
 * <p>The one surprising thing: whether something changed is decided by content alone. Sizes, times and links can all stay or
 * change without it, so a swapped link is seen and a touched file is not.
 */
@NullMarked
package dev.penstock.routes.source;

import org.jspecify.annotations.NullMarked;
