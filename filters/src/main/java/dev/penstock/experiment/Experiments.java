package dev.penstock.experiment;

import dev.penstock.core.Json;
import dev.penstock.exchange.Settings;
import dev.penstock.exchange.Variant;
import dev.penstock.experiment.ExperimentConfig.ArmConfig;
import dev.penstock.experiment.ExperimentConfig.StickyBy;
import dev.penstock.experiment.evidence.Scores;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The experiments and the rollout of one configuration, ready to be asked. Immutable. */
final class Experiments {

    private final Map<String, Running> byKind = new HashMap<>();
    private final Map<String, Running> byModel = new HashMap<>();
    private final Percent real;

    private Experiments(ExperimentSettings settings) {
        this.real = settings.rollout().realTraffic();
        settings.experiments().forEach((name, config) -> {
            Running running = new Running(name, config);
            config.kind().ifPresent(kind -> byKind.put(kind, running));
            config.model().ifPresent(model -> byModel.put(model, running));
        });
    }

    /** One experiment. */
    static final class Running {

        private final String name;
        private final ExperimentConfig config;
        private final List<Integer> weights;

        /** Of those that keep their arm as a service: no more than are declared. */
        private final Map<String, Drawn> services = new ConcurrentHashMap<>();

        private Running(String name, ExperimentConfig config) {
            this.name = name;
            this.config = config;
            this.weights = config.arms().stream().map(ArmConfig::weight).toList();
        }

        String name() {
            return name;
        }

        ExperimentConfig config() {
            return config;
        }

        Drawn draw(StickyKey key) {
            if (key.by(config.stickyBy()) == StickyBy.USER) {
                return drawn(key);
            }
            Drawn known = services.get(key.service());
            return known != null ? known : services.computeIfAbsent(key.service(), service -> drawn(key));
        }

        private Drawn drawn(StickyKey key) {
            Sticky drawn = Sticky.of("experiment/" + name, key.text(config.stickyBy()), Scores.GROUPS);
            ArmConfig arm = config.arms().get(drawn.among(weights));
            StickyBy by = key.by(config.stickyBy());
            ObjectNode why = Json.object().put("experiment", name).put("arm", arm.name());
            why.put("sticky", by.name().toLowerCase(Locale.ROOT)).put("group", drawn.group());
            return new Drawn(
                    new Variant(
                            name,
                            arm.name(),
                            arm.promptVersion().orElse(""),
                            arm.model().orElse(""),
                            false),
                    why);
        }
    }

    /**
     * What a caller gets.
     *
     * @param why for its records; it belongs to many calls, so nobody may change it
     */
    record Drawn(Variant variant, ObjectNode why) {}

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

    @Nullable
    Running ofKind(String kind) {
        return byKind.get(kind);
    }

    @Nullable
    Running ofModel(String model) {
        return byModel.get(model);
    }
}
