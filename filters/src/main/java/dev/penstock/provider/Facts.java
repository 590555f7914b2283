package dev.penstock.provider;

import dev.penstock.core.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What a whole answer says about itself.
 *
 * @param model the model the provider ran, possibly empty
 * @param id the provider's id of the answer, possibly empty
 * @param usage absent where it was not reported
 * @param finish the provider's own finish word of the first choice, possibly empty
 */
public record Facts(String model, String id, @Nullable Usage usage, String finish) {}
