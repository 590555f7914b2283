package dev.penstock.exchange;

import dev.penstock.core.Caller;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the records say of the controls of a caller whose step a call did not reach: a section of the configuration.
 *
 * @param by the decision to record for each such step
 */
public record Unreached(Function<Caller, Map<Step, ObjectNode>> by) {}
