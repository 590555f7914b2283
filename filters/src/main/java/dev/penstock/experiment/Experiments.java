package dev.penstock.experiment;

import dev.penstock.exchange.Settings;
import dev.penstock.experiment.ExperimentConfig.ArmConfig;
import dev.penstock.experiment.evidence.Scores;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The experiments and the rollout of one configuration, ready to be asked. Immutable. */
final class Experiments {

    private final Map<String, Running> byKind = new HashMap<>();
    private final Map<String, Running> byModel = new HashMap<>();
    private final Percent real;

    private Experiments(ExperimentSettings settings) {
        this.real = settings.rollout().realTraffic();
        settings.experiments().forEach((name, config) -> {
            List<Integer> weights =
                    config.arms().stream().map(ArmConfig::weight).toList();
            Running running = new Running(name, config, weights);
            config.kind().ifPresent(kind -> byKind.put(kind, running));
            config.model().ifPresent(model -> byModel.put(model, running));
        });
    }

    /** One experiment; {@code weights} are those of its arms. */
    record Running(String name, ExperimentConfig config, List<Integer> weights) {

        Sticky draw(StickyKey key) {
            return Sticky.of("experiment/" + name, key.text(config.stickyBy()), Scores.GROUPS);
        }

        ArmConfig arm(Sticky drawn) {
            return config.arms().get(drawn.among(weights));
        }
    }

    static Experiments of(Settings settings) {
        return settings.derive(Experiments.class, it -> new Experiments(it.get(ExperimentSettings.class)));
    }

    /** Whether every request stays as it was asked for. */
    boolean none() {
        return byKind.isEmpty() && byModel.isEmpty() && real.isAll();
    }

    Percent real() {
        return real;
    }

    Optional<Running> ofKind(String kind) {
        return Optional.ofNullable(byKind.get(kind));
    }

    Optional<Running> ofModel(String model) {
        return Optional.ofNullable(byModel.get(model));
    }
}
