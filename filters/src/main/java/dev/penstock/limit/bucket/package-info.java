/**
 * The counting: takes from several limits at once, all or nothing, and gives back.
 *
 * <p>Knows no requests and no configuration file. The surprising thing: what is given back after its window has ended is
 * lost, since in the next window it would admit more than that window's limit.
 */
@NullMarked
package dev.penstock.limit.bucket;

import org.jspecify.annotations.NullMarked;
