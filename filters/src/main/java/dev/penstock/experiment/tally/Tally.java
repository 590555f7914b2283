package dev.penstock.experiment.tally;

import dev.penstock.core.Json;
import dev.penstock.experiment.evidence.Evidence;
import dev.penstock.experiment.evidence.Scores;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One experiment: its arms, and the verdict once there is one. Not thread-safe. */
final class Tally {

    private final Map<String, ArmTally> arms = new TreeMap<>();
    private String winner = "";
    private boolean stopped;

    /** The arm as it stands, without making it part of the experiment. */
    ArmTally look(String name) {
        return arms.getOrDefault(name, new ArmTally());
    }

    ArmTally arm(String name) {
        return arms.computeIfAbsent(name, ignored -> new ArmTally());
    }

    /**
     * A score for an answer of {@code arm}. It counts for the verdict while there is none.
     *
     * @param all the arms of the experiment when it was given; empty when it was over
     * @param until so many scores of all arms are waited for
     */
    void score(String arm, int group, long score, List<String> all, long until) {
        if (over() || !all.contains(arm)) {
            return;
        }
        arm(arm).evidence().add(group, score);
        Evidence evidence = evidence(all);
        evidence.winner().ifPresent(best -> winner = all.get(best));
        stopped = winner.isEmpty() && evidence.count() >= until;
    }

    Evidence evidence(List<String> all) {
        List<Scores> scores = all.stream().map(name -> look(name).evidence()).toList();
        return new Evidence(scores);
    }

    /** Whether the verdict stands: an arm that won, or that there is no winner. */
    boolean over() {
        return stopped || !winner.isEmpty();
    }

    /** Empty while, or when, there is none. */
    String winner() {
        return winner;
    }

    ObjectNode snapshot() {
        ObjectNode all = Json.object().put("winner", winner).put("stopped", stopped);
        ObjectNode each = all.putObject("arms");
        arms.forEach((name, arm) -> each.set(name, arm.snapshot()));
        return all;
    }

    static Tally of(JsonNode snapshot) {
        Tally read = new Tally();
        read.winner = Json.string(snapshot, "winner");
        read.stopped = snapshot.path("stopped").asBoolean(false);
        snapshot.path("arms").properties().forEach(arm -> read.arms.put(arm.getKey(), ArmTally.of(arm.getValue())));
        return read;
    }
}
