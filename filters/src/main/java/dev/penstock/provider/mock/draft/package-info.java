/**
 * What the mock writes for content routes: a realistic answer for each shipped kind, made from the prompt alone, so that a front
 * end can be built without a provider.
 *
 * <p>A draft reads the user's turn as {@code prompts/} writes it, {@code Name: value} or {@code Name:} above a fence, and keeps
 * what it finds there: limits, tone, brand keywords, places for personal data, counts. The one surprising thing: it knows no
 * schema. The composer checks the draft against the schema that was asked for, and makes a value of the schema instead where it
 * does not fit, as for kinds without a draft.
 */
@NullMarked
package dev.penstock.provider.mock.draft;

import org.jspecify.annotations.NullMarked;
