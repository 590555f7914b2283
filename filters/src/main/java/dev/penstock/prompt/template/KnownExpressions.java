package dev.penstock.prompt.template;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.standard.expression.IStandardVariableExpression;
import org.thymeleaf.standard.expression.IStandardVariableExpressionEvaluator;
import org.thymeleaf.standard.expression.StandardExpressionExecutionContext;

/** Stands where Thymeleaf has OGNL: evaluates the expressions that were compiled from template files, and no others. */
final class KnownExpressions implements IStandardVariableExpressionEvaluator {

    private final Map<String, Expression> compiled = new ConcurrentHashMap<>();

    /** @throws IllegalArgumentException when it is not an expression */
    Expression compile(String text) {
        return compiled.computeIfAbsent(text, ExpressionParser::parse);
    }

    @Override
    public @Nullable Object evaluate(
            IExpressionContext context,
            IStandardVariableExpression expression,
            StandardExpressionExecutionContext ignored) {
        Expression known = compiled.get(expression.getExpression());
        if (known == null) {
            throw new IllegalStateException("an expression that no template holds");
        }
        return known.value(context::getVariable);
    }
}
