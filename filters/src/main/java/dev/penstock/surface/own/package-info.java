/** {@code GET /v1/key}, what a caller may know of its own limits and money, and {@code POST /v1/feedback}, what it says of its answers. */
@NullMarked
package dev.penstock.surface.own;

import org.jspecify.annotations.NullMarked;
