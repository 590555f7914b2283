package dev.penstock.bench;

/** Steps of the chat route. Each set has those before it, and one more; the last one has them all and keeps no records. */
enum StepSet {
    MANDATORY("mandatory steps, audit off"),
    RECORDS("+ Audit, durable"),
    VARIANT("+ AssignVariant, an experiment"),
    PROMPT("+ RenderPrompt"),
    LIMITS("+ RateLimit, three limits"),
    BUDGET("+ Budget, two accounts"),
    GUARDS("+ GuardInput and GuardOutput, the shipped guardrail"),
    UNRECORDED("all of these, audit off");

    /** All steps that a chat request can have. */
    static final StepSet ALL = GUARDS;

    private static final String LIMITED =
            ", limits: [ { requests: 900000000, per: 1m }, { tokens: 50000000000, per: 1m }, { concurrent: 100000 } ]";
    private static final String BUDGETED = ", budget: { daily: 1000000 USD }";
    private static final String PRICED = """
            global: { budget: { daily: 1000000 USD } }
            prices: { overrides: { "one/bench-1": { input: 1, output: 2 }, "other/claude-haiku-4-5": { input: 1, output: 2 } } }
            """;
    private static final String GUARDED = ", guardrails: [ default ]";
    private static final String GUARDRAILS = """
            guardrails:
              default:
                - { rule: secrets, phase: input, action: redact }
                - { rule: pii, types: [ email, phone, card, iban, ssn, ip ], phase: both, action: flag }
                - { rule: injection, phase: input, action: flag }
            """;
    private static final String EXPERIMENT = """
            experiments:
              bench: { model: same, arms: [ { model: same, weight: 50 }, { model: twin, weight: 50 } ] }
            """;

    private final String title;

    StepSet(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    boolean recorded() {
        return this != MANDATORY && this != UNRECORDED;
    }

    private String from(StepSet first, String text) {
        return compareTo(first) >= 0 ? text : "";
    }

    /** What stands in routes.yml beside providers, models and routes. */
    String yaml() {
        return "services:\n  bench: { team: bench, keys: [ { id: main, value: psk_bench } ]" + from(LIMITS, LIMITED)
                + from(BUDGET, BUDGETED) + from(GUARDS, GUARDED) + " }\n"
                + "default-filters: [ WriteAnswer, Telemetry, Audit, Admit, Authenticate, "
                + from(VARIANT, "AssignVariant, ") + from(PROMPT, "RenderPrompt, ") + from(LIMITS, "RateLimit, ")
                + from(GUARDS, "GuardInput, GuardOutput, ")
                + "SelectUpstream, " + from(BUDGET, "Budget, ") + "MeterUsage, CallUpstream ]\n"
                + (recorded() ? "" : "audit: { mode: off }\n")
                + from(VARIANT, EXPERIMENT)
                + from(BUDGET, PRICED)
                + from(GUARDS, GUARDRAILS);
    }
}
