package dev.penstock.exchange;

import tools.jackson.databind.node.ObjectNode;

/**
 * What a request gets otherwise than asked for, because of an experiment or of the rollout.
 *
 * @param experiment its name; empty for a request in none
 * @param arm the name of its arm in it
 * @param promptVersion empty leaves it to the kind
 * @param model stands in for the model that was asked for; empty leaves that
 * @param mockOnly whether it must not leave for a real provider
 */
public record Variant(String experiment, String arm, String promptVersion, String model, boolean mockOnly) {

    /** As asked for. */
    public static final Variant NONE = new Variant("", "", "", "", false);

    /** The same, and whether it must not leave for a real provider. */
    public Variant mockOnly(boolean only) {
        return new Variant(experiment, arm, promptVersion, model, only);
    }

    /** Adds the member {@code experiment} for a request that is in one. */
    public void tell(ObjectNode metadata) {
        if (!experiment.isEmpty()) {
            metadata.putObject("experiment").put("name", experiment).put("arm", arm);
        }
    }
}
