package dev.penstock.budget;

import java.util.Map;
import java.util.Optional;

/**
 * Every budget of a configuration.
 *
 * @param keys by the key's id
 * @param maxOutput by model, the output cap of requests that have none
 * @param whenUnknown what becomes of calls while the store of budgets does not answer
 */
public record BudgetSettings(
        Map<String, BudgetConfig> services,
        Map<String, Map<String, BudgetConfig>> keys,
        Map<String, BudgetConfig> teams,
        Map<String, BudgetConfig> providers,
        Optional<BudgetConfig> global,
        Map<String, Integer> maxOutput,
        WhenUnknown whenUnknown) {

    /** The cap of a request to a model that no entry of {@code models:} names. */
    static final int USUAL_OUTPUT = 4096;

    boolean none() {
        return services.isEmpty() && keys.isEmpty() && teams.isEmpty() && providers.isEmpty() && global.isEmpty();
    }
}
