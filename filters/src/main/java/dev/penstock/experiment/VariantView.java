package dev.penstock.experiment;

import dev.penstock.core.Asked;
import dev.penstock.core.Caller;
import dev.penstock.core.Json;
import dev.penstock.exchange.Settings;
import dev.penstock.exchange.Variant;
import dev.penstock.prompt.kind.Kinds;
import tools.jackson.databind.node.ObjectNode;

/** What a request would get otherwise than asked for, for those who want to know before it is sent. Thread-safe. */
public final class VariantView {

    private final Kinds kinds;

    VariantView(Kinds kinds) {
        this.kinds = kinds;
    }

    /** A variant, and why, as the record of a call would say it; empty for a request that gets what it asks for. */
    public record Line(Variant variant, ObjectNode decision) {}

    /**
     * Decides as AssignVariant does.
     *
     * @param user the end user; may be empty
     * @param kind of a content request; empty for others
     * @param routeModel of the route that it would take; may be empty
     */
    public Line of(Caller caller, String user, Asked asked, String kind, String routeModel, Settings settings) {
        Experiments experiments = Experiments.of(settings);
        if (experiments.none()) {
            return new Line(Variant.NONE, Json.object());
        }
        Request request = new Request(Request.key(caller, user), asked, kind, routeModel);
        Assignment assignment = new Assignment(request, experiments, kinds);
        return new Line(assignment.variant(), assignment.decision());
    }
}
