package dev.penstock.surface.content;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import dev.penstock.core.Told.AttemptView;
import java.util.Objects;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A failure as RFC 9457 writes it. {@code type} is a name, not an address: {@code docs/errors.md} lists them. */
final class Problem {

    private static final String TYPE = "urn:penstock:error:";

    private Problem() {}

    static ObjectNode of(GatewayException failure, String requestId) {
        ErrorCode code = failure.code();
        Told told = failure.told();
        ObjectNode problem = Json.object()
                .put("type", TYPE + code.wire())
                .put("title", code.message())
                .put("status", failure.status())
                .put("detail", Objects.requireNonNullElse(told.message(), code.message()))
                .put("code", code.wire())
                .put("request_id", requestId);
        if (told.param() != null) {
            problem.put("param", told.param());
        }
        told.attempts().forEach(attempt -> add(problem.withArray("/attempts"), attempt));
        told.fields().forEach((name, value) -> put(problem, name, value));
        return problem;
    }

    private static void add(ArrayNode attempts, AttemptView attempt) {
        attempts.addObject()
                .put("provider", attempt.provider())
                .put("model", attempt.model())
                .put("status", attempt.status())
                .put("reason", attempt.reason())
                .put("ms", attempt.ms());
    }

    /** A field cannot take the place of a member above. */
    private static void put(ObjectNode problem, String name, Object value) {
        problem.putIfAbsent(name, Json.LENIENT_DEPTH.mapper().valueToTree(value));
    }
}
