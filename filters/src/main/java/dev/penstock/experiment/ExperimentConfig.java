package dev.penstock.experiment;

import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * One entry of {@code experiments:}. Exactly one of {@code kind} and {@code model} says which calls are in it.
 *
 * @param kind calls of this content kind
 * @param model calls for this name of {@code models:}
 * @param arms at least two, all of prompt versions or all of models; their order decides who is in which
 * @param stickyBy what keeps an arm
 */
public record ExperimentConfig(
        Optional<String> kind,
        Optional<String> model,
        List<ArmConfig> arms,
        @DefaultValue("service") StickyBy stickyBy,
        @DefaultValue StopConfig stop) {

    /**
     * What its share of the callers gets.
     *
     * @param promptVersion of the experiment's kind
     * @param model a name of {@code models:}
     * @param weight its share, as a part of the sum of all weights
     */
    public record ArmConfig(
            @Name("prompt_version") Optional<String> promptVersion, Optional<String> model, int weight) {

        /** What it is called in records, meters and answers. */
        public String name() {
            return promptVersion.or(() -> model).orElse("");
        }
    }

    /** What keeps its arm: a service with all of its users, or each user that a service names. */
    public enum StickyBy {
        SERVICE,
        USER
    }

    /**
     * When an experiment without a winner is over.
     *
     * @param scores so many of all arms together
     */
    public record StopConfig(@DefaultValue("100000") int scores) {}
}
