/** {@code GET /v1/key}: what a caller may know of its own limits and money. */
@NullMarked
package dev.penstock.surface.own;

import org.jspecify.annotations.NullMarked;
