package dev.penstock.core;

import java.math.BigDecimal;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ValueNode;

/** Refuses numbers that a double cannot hold, such as 1e400000: other parsers would read them as Infinity. */
final class FiniteNumbers extends JsonNodeFactory {

    static final FiniteNumbers INSTANCE = new FiniteNumbers();

    private static final long serialVersionUID = 1L;

    @Override
    public ValueNode numberNode(BigDecimal value) {
        if ((long) value.precision() - value.scale() > 309) {
            throw new StreamReadException(null, "number out of range (expected: a finite double)");
        }
        return super.numberNode(value);
    }
}
