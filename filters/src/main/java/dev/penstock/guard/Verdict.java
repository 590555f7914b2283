package dev.penstock.guard;

import dev.penstock.core.Json;
import dev.penstock.guard.GuardrailConfig.Action;
import dev.penstock.guard.detect.Match;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What became of one control in one phase of a call. One call, one thread at a time. */
final class Verdict {

    /** Places that a record names for a control, since its room is bounded; the counts say how many there were. */
    private static final int MOST_SPANS = 12;

    /** Kinds that a record tells apart for a control: the names that a moderator gives have no end. */
    private static final int MOST_KINDS = 64;

    private final Control control;
    private final Map<Kind, Found> found = new LinkedHashMap<>(2);
    private int spans;
    private boolean ran;
    private @Nullable String failed;
    private @Nullable String skipped;
    private @Nullable String blocked;

    Verdict(Control control) {
        this.control = control;
    }

    private record Kind(String type, Action action) {}

    private static final class Found {
        private int count;
        private final ArrayNode spans = Json.object().arrayNode();
    }

    Control control() {
        return control;
    }

    void ran() {
        ran = true;
    }

    void failed(String why) {
        failed = why;
    }

    /** Though others ran, and whatever it has found. */
    void skipped(String why) {
        skipped = why;
    }

    boolean hasFailed() {
        return failed != null;
    }

    void found(Finding finding, String at, int offset) {
        Match match = finding.match();
        Found one = found.computeIfAbsent(kind(match.type(), finding.action()), kind -> new Found());
        one.count++;
        if (++spans <= MOST_SPANS) {
            one.spans
                    .addObject()
                    .put("at", at)
                    .put("start", match.start() + offset)
                    .put("end", match.end() + offset);
        }
        blocked = finding.action() == Action.BLOCK ? match.type() : blocked;
    }

    private Kind kind(String type, Action action) {
        Kind kind = new Kind(type, action);
        return found.size() < MOST_KINDS || found.containsKey(kind) ? kind : new Kind(Judgement.OTHER, action);
    }

    /** The type for which the call is refused, or null. */
    @Nullable
    String blocked() {
        return blocked;
    }

    /** What every verdict of a control says. */
    static ObjectNode head(String guardrail, GuardrailConfig config) {
        return Json.object()
                .put("guardrail", guardrail)
                .put("rule", config.rule().wire())
                .put("action", config.action().wire());
    }

    /**
     * @param allRan whether all have run but those that ask somebody else
     * @param why it was skipped, where it was
     */
    ObjectNode json(boolean allRan, String why) {
        ObjectNode line = head(control.guardrail(), control.config());
        if (failed != null) {
            boolean open = control.config().onError() == GuardrailConfig.OnError.OPEN;
            line.put("verdict", "failed").put("why", failed).put("then", open ? "passed" : "refused");
        } else if (skipped != null && blocked == null) {
            line.put("verdict", "skipped").put("why", skipped);
        } else if (ran || allRan && !control.asks()) {
            line.put("verdict", "ran");
        } else {
            line.put("verdict", "skipped").put("why", why);
        }
        if (!found.isEmpty()) {
            ArrayNode findings = line.putArray("findings");
            found.forEach((kind, one) -> findings.addObject()
                    .put("type", kind.type())
                    .put("action", kind.action().wire())
                    .put("count", one.count)
                    .set("spans", one.spans));
        }
        return line;
    }
}
