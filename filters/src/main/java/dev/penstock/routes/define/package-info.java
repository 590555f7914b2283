/**
 * From the {@code routes:} of the file to Spring's route definitions.
 *
 * <p>{@code default-filters} are expanded here, and only for {@code llm://} routes. The one surprising thing: most ordinary
 * filters are refused on those routes, since no request of theirs passes Spring's own routing and the filters would do
 * nothing.
 */
@NullMarked
package dev.penstock.routes.define;

import org.jspecify.annotations.NullMarked;
