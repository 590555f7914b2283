package dev.penstock.experiment.tally;

import dev.penstock.core.Json;
import dev.penstock.exchange.Settings;
import dev.penstock.experiment.ExperimentConfig;
import dev.penstock.experiment.ExperimentConfig.ArmConfig;
import dev.penstock.experiment.ExperimentSettings;
import dev.penstock.experiment.evidence.Comparison;
import dev.penstock.experiment.evidence.Evidence;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How an experiment stands, for administrators. Thread-safe. */
public final class ExperimentView {

    private static final String METHOD =
            "mixture sequential probability ratio test over groups of callers: true at any time (docs/experiments.md)";

    private final Tallies tallies;

    public ExperimentView(Tallies tallies) {
        this.tallies = tallies;
    }

    /** Those of this configuration. */
    public Set<String> names(Settings settings) {
        return settings.get(ExperimentSettings.class).experiments().keySet();
    }

    /** Empty for one that this configuration does not have. */
    public Optional<ObjectNode> of(String name, Settings settings) {
        ExperimentConfig config =
                settings.get(ExperimentSettings.class).experiments().get(name);
        if (config == null) {
            return Optional.empty();
        }
        return tallies.read(name, tally -> told(name, config, tally))
                .or(() -> Optional.of(told(name, config, new Tally())));
    }

    private static ObjectNode told(String name, ExperimentConfig config, Tally tally) {
        ObjectNode body = Json.object().put("name", name);
        config.kind().ifPresent(kind -> body.put("kind", kind));
        config.model().ifPresent(model -> body.put("model", model));
        body.put("sticky_by", config.stickyBy().name().toLowerCase(Locale.ROOT));
        body.put("state", state(tally)).put("stop_scores", config.stop().scores());
        ArrayNode arms = body.putArray("arms");
        for (ArmConfig arm : config.arms()) {
            ObjectNode line = arms.addObject().put("arm", arm.name()).put("weight", arm.weight());
            tally.look(arm.name()).tell(line);
        }
        List<String> names = config.arms().stream().map(ArmConfig::name).toList();
        statement(tally, names, body.putObject("statement"));
        return body;
    }

    private static String state(Tally tally) {
        if (!tally.over()) {
            return "running";
        }
        return tally.winner().isEmpty() ? "stopped" : "decided";
    }

    private static void statement(Tally tally, List<String> arms, ObjectNode to) {
        Evidence evidence = tally.evidence(arms);
        to.put("method", METHOD).put("risk", Evidence.RISK);
        if (!tally.winner().isEmpty()) {
            to.put("winner", tally.winner());
        }
        to.put("says", words(tally, evidence));
        ArrayNode comparisons = to.putArray("comparisons");
        if (!evidence.speaks()) {
            return;
        }
        for (int i = 1; i < arms.size(); i++) {
            for (int j = 0; j < i; j++) {
                Comparison comparison = evidence.compare(i, j);
                comparisons
                        .addObject()
                        .put("arm", arms.get(i))
                        .put("against", arms.get(j))
                        .put("difference", comparison.difference())
                        .put("low", comparison.low())
                        .put("high", comparison.high())
                        .put("likelihood_ratio", comparison.ratio());
            }
        }
    }

    private static String words(Tally tally, Evidence evidence) {
        if (!tally.winner().isEmpty()) {
            return "'" + tally.winner() + "' scores better than every other arm; of arms that are equal, at most "
                    + Math.round(Evidence.RISK * 100) + " in 100 experiments would ever say so";
        }
        if (tally.over()) {
            return "no arm was found to score better; no further scores count";
        }
        if (!evidence.speaks()) {
            return "nothing yet: too few callers gave scores (expected: " + Evidence.LEAST_GROUPS
                    + " groups of callers in each arm)";
        }
        return "no arm has been found to score better so far";
    }
}
