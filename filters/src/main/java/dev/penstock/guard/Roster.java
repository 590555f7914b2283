package dev.penstock.guard;

import dev.penstock.core.FixedNode;
import dev.penstock.core.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The controls of one phase that hold for a caller, and what their verdicts are while there is nothing to tell of any of them alone. Thread-safe. */
final class Roster {

    private final List<Control> controls;
    private final boolean asks;
    private final boolean checksWhole;

    /** By why those were skipped that did not run: a handful of sentences. */
    private final Map<String, FixedNode> ran = new ConcurrentHashMap<>(4);

    private final Map<String, FixedNode> skipped = new ConcurrentHashMap<>(4);

    Roster(List<Control> controls) {
        this.controls = List.copyOf(controls);
        this.asks = this.controls.stream().anyMatch(Control::asks);
        this.checksWhole = this.controls.stream().anyMatch(Control::checksWhole);
    }

    List<Control> controls() {
        return controls;
    }

    /** Whether any of them asks somebody else. */
    boolean asks() {
        return asks;
    }

    /** Whether any of them has to see a text as a whole. */
    boolean checksWhole() {
        return checksWhole;
    }

    /**
     * What they decided; it belongs to many calls.
     *
     * @param allRan all but those that ask somebody else
     * @param why the others did not
     */
    FixedNode decision(boolean allRan, String why) {
        Map<String, FixedNode> known = allRan ? ran : skipped;
        FixedNode decision = known.get(why);
        return decision != null ? decision : known.computeIfAbsent(why, it -> made(allRan, it));
    }

    private FixedNode made(boolean allRan, String why) {
        ObjectNode decision = Json.object();
        ArrayNode lines = decision.putArray("controls");
        controls.forEach(control -> lines.add(new Verdict(control).json(allRan, why)));
        return FixedNode.of(decision);
    }
}
