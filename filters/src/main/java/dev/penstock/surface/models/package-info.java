/**
 * OpenAI's list of models: the names of {@code models:} that the caller may ask for. Built in, since it spends nothing.
 *
 * <p>It is no step, so it asks for the caller itself; that is why this folder knows the keys and the configured models.
 */
@NullMarked
package dev.penstock.surface.models;

import org.jspecify.annotations.NullMarked;
