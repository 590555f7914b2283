package dev.penstock.bench;

/** Steps of the chat route, each set with one more than the one before. */
enum StepSet {
    MANDATORY("mandatory steps, no records", "", "", "", "audit: { mode: off }"),
    RECORDS("+ Audit, durable", "", "", "", ""),
    PROMPT("+ RenderPrompt", "RenderPrompt, ", "", "", ""),
    LIMITS("+ RateLimit, three limits", "RenderPrompt, RateLimit, ", "", StepSet.LIMITED, ""),
    BUDGET("+ Budget, two accounts", "RenderPrompt, RateLimit, ", "Budget, ", StepSet.LIMITED + StepSet.BUDGETED, """
            global: { budget: { daily: 1000000 USD } }
            prices: { overrides: { "one/bench-1": { input: 1, output: 2 }, "other/claude-haiku-4-5": { input: 1, output: 2 } } }
            """);

    private static final String LIMITED =
            ", limits: [ { requests: 900000000, per: 1m }, { tokens: 50000000000, per: 1m }, { concurrent: 100000 } ]";
    private static final String BUDGETED = ", budget: { daily: 1000000 USD }";

    private final String title;
    private final String before;
    private final String behind;
    private final String service;
    private final String sections;

    StepSet(String title, String before, String behind, String service, String sections) {
        this.title = title;
        this.before = before;
        this.behind = behind;
        this.service = service;
        this.sections = sections;
    }

    String title() {
        return title;
    }

    /** What stands in routes.yml beside providers, models and routes. */
    String yaml() {
        return "services:\n  bench: { team: bench, keys: [ { id: main, value: psk_bench } ]" + service + " }\n"
                + "default-filters: [ WriteAnswer, Telemetry, Audit, Admit, Authenticate, " + before
                + "SelectUpstream, " + behind + "MeterUsage, CallUpstream ]\n" + sections + "\n";
    }
}
