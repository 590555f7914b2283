package dev.penstock.experiment.shadow;

import dev.penstock.core.Candidate;
import java.util.Map;

/** Which models have a shadow. */
public record ShadowSettings(Map<String, Shadow> models) {

    /**
     * A model's shadow.
     *
     * @param to the target of the copies
     * @param share of the calls, in per cent; more than 0
     * @param mock whether that target answers in process
     */
    public record Shadow(Candidate to, double share, boolean mock) {}

    /** Who pays for the copies of a model's calls: a name that no service can have. */
    public static String service(String model) {
        return "shadow/" + model;
    }

    /** The largest share of any model, in per cent. */
    double largest() {
        return models.values().stream().mapToDouble(Shadow::share).max().orElse(0);
    }
}
