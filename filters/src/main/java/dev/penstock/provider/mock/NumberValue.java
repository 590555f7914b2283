package dev.penstock.provider.mock;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Numbers inside a schema's bounds. They are worked out as doubles, which is what most JSON readers hold. */
final class NumberValue {

    private static final double USUAL_SPAN = 99;

    private NumberValue() {}

    /** {@code type} is {@code integer} or {@code number}. */
    static JsonNode of(ObjectNode schema, String type, RandomGenerator random) {
        boolean whole = type.equals("integer");
        double step = schema.path("multipleOf").asDouble(0);
        double grid = grid(step, whole);
        double low = low(schema);
        double high = high(schema);
        double from = Double.isInfinite(low) ? Math.min(1, high - USUAL_SPAN) : low;
        double to = Double.isInfinite(high) ? from + Math.max(USUAL_SPAN, 4 * grid) : high;
        double first = Math.ceil(from / grid);
        double count = Math.floor(to / grid) - first;
        if (!Double.isFinite(first + count)) {
            return node(Double.isFinite(from) ? BigDecimal.valueOf(from) : BigDecimal.ZERO, whole);
        }
        BigDecimal value = onGrid(first + Math.floor(random.nextDouble() * Math.max(1, count + 1)), grid);
        if (!fits(value.doubleValue(), schema)) {
            value = onGrid(first + (count >= 1 ? 1 : 0), grid);
        }
        if (!fits(value.doubleValue(), schema) && !whole && step <= 0) {
            value = BigDecimal.valueOf(from + (to - from) / 2);
        }
        return node(value, whole);
    }

    /** Whether the number is inside the bounds; {@code multipleOf} is not looked at. */
    static boolean fits(double value, JsonNode schema) {
        return value >= schema.path("minimum").asDouble(Double.NEGATIVE_INFINITY)
                && value <= schema.path("maximum").asDouble(Double.POSITIVE_INFINITY)
                && !(value <= schema.path("exclusiveMinimum").asDouble(Double.NEGATIVE_INFINITY))
                && !(value >= schema.path("exclusiveMaximum").asDouble(Double.POSITIVE_INFINITY));
    }

    private static double grid(double step, boolean whole) {
        double usual = whole ? 1 : 0.01;
        return step > 0 ? step : usual;
    }

    private static double low(JsonNode schema) {
        return Math.max(
                schema.path("minimum").asDouble(Double.NEGATIVE_INFINITY),
                schema.path("exclusiveMinimum").asDouble(Double.NEGATIVE_INFINITY));
    }

    private static double high(JsonNode schema) {
        return Math.min(
                schema.path("maximum").asDouble(Double.POSITIVE_INFINITY),
                schema.path("exclusiveMaximum").asDouble(Double.POSITIVE_INFINITY));
    }

    private static BigDecimal onGrid(double index, double grid) {
        return BigDecimal.valueOf(index).multiply(BigDecimal.valueOf(grid));
    }

    private static JsonNode node(BigDecimal value, boolean whole) {
        if (whole) {
            return JsonNodeFactory.instance.numberNode(
                    value.setScale(0, RoundingMode.HALF_UP).toBigInteger());
        }
        return JsonNodeFactory.instance.numberNode(value.stripTrailingZeros());
    }
}
