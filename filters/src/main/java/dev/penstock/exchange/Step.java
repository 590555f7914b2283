package dev.penstock.exchange;

/**
 * The path of a request, top to bottom; the answer travels back bottom to top. A step's place comes from here, whatever the
 * order of the filters in routes.yml.
 */
public enum Step {
    WRITE_ANSWER("WriteAnswer", 0, true),
    TELEMETRY("Telemetry", 1100, true),
    AUDIT("Audit", 1200, true),
    ADMIT("Admit", 1300, true),
    AUTHENTICATE("Authenticate", 1400, true),
    PARSE("Parse", 1500, true),
    ASSIGN_VARIANT("AssignVariant", 1600, false),
    RENDER_PROMPT("RenderPrompt", 1700, false),
    RATE_LIMIT("RateLimit", 1800, false),
    GUARD_INPUT("GuardInput", 1900, false),
    GUARD_OUTPUT("GuardOutput", 2000, false),
    FIT_SCHEMA("FitSchema", 2200, false),
    SELECT_UPSTREAM("SelectUpstream", 2300, true),
    BUDGET("Budget", 2500, false),
    METER_USAGE("MeterUsage", 2600, true),
    CALL_UPSTREAM("CallUpstream", 2700, true);

    private final String filter;
    private final int order;
    private final boolean mandatory;

    Step(String filter, int order, boolean mandatory) {
        this.filter = filter;
        this.order = order;
        this.mandatory = mandatory;
    }

    /** The filter's name in routes.yml; the one of {@link #PARSE} is only the beginning of its filters' names. */
    public String filter() {
        return filter;
    }

    /**
     * Its order among Spring Cloud Gateway's filters: 0 for WriteAnswer, the others above 1000, so that a route's ordinary
     * response filters (1, 2, …) run while the response is still open.
     */
    public int order() {
        return order;
    }

    /** Whether an {@code llm://} route cannot be without it. */
    public boolean mandatory() {
        return mandatory;
    }
}
