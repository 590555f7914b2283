package dev.penstock.surface.own;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import dev.penstock.experiment.tally.Feedback.Given;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads {@code {request_id, score, label}}, strictly. */
final class FeedbackBody {

    private static final List<String> FIELDS = List.of("request_id", "score", "label");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private FeedbackBody() {}

    static Given of(byte[] bytes, Json json) {
        ObjectNode body = object(bytes, json);
        for (String field : body.propertyNames()) {
            if (!FIELDS.contains(field)) {
                throw new GatewayException(
                        ErrorCode.REQUEST_INVALID,
                        Told.of("The body has an unknown field (expected: " + String.join(", ", FIELDS) + ")."));
            }
        }
        String id = text(body.path("request_id"), ID, "request_id", "the x-request-id of an answer");
        JsonNode label = body.path("label");
        boolean none = label.isMissingNode() || label.isNull();
        String word = none ? "" : text(label, LABEL, "label", "up to 64 letters, digits and . _ : -");
        return new Given(id, millionths(body.path("score")), word);
    }

    /** The parser's own message is not passed on: it quotes the body. */
    private static ObjectNode object(byte[] bytes, Json json) {
        try {
            if (json.read(bytes) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException broken) {
            throw GatewayException.invalid("body", "cannot be read", "one JSON object, no key twice");
        }
        throw GatewayException.invalid("body", "is not an object", "one JSON object");
    }

    private static String text(JsonNode value, Pattern form, String name, String expected) {
        if (value.isMissingNode() || !value.isString()) {
            throw GatewayException.invalid(name, value.isMissingNode() ? "missing" : "is not a text", expected);
        }
        if (!form.matcher(value.stringValue()).matches()) {
            throw GatewayException.invalid(name, "has another form", expected);
        }
        return value.stringValue();
    }

    private static long millionths(JsonNode score) {
        String expected = "a number from 0 to 1";
        if (!score.isNumber()) {
            throw GatewayException.invalid("score", score.isMissingNode() ? "missing" : "is not a number", expected);
        }
        double value = score.doubleValue();
        if (!(value >= 0 && value <= 1)) {
            throw GatewayException.invalid("score", "is out of range", expected);
        }
        return BigDecimal.valueOf(value)
                .movePointRight(6)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
