package dev.penstock.experiment;

import java.util.Map;

/** What routes.yml says of experiments, by their names, and of the rollout. */
public record ExperimentSettings(Map<String, ExperimentConfig> experiments, RolloutConfig rollout) {}
