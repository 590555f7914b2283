package dev.penstock.telemetry;

/** Every label of a meter; its values come from a closed list, never from a request. */
public enum Label {
    PROVIDER("provider", "a provider of routes.yml; `none` when no attempt was made"),
    MODEL(
            "model",
            "the upstream model of a target in routes.yml; `other` when the caller named `provider/model` itself; `none`"
                    + " when no attempt was made"),
    SURFACE("surface", "the API that the caller speaks: `chat`, `content`"),
    SERVICE("service", "a service of routes.yml; `none` before the caller is known"),
    OUTCOME(
            "outcome",
            "of a request `ok`, `cancelled` or an error code (docs/errors.md); of an attempt its `reason` as errors tell it;"
                    + " of a breaker's event the state that it came to; of a health check `up` or `down`; of a refused limit what it counts: `requests`, `tokens`"
                    + " or `concurrent`; of a budget's mark its per cent; of an alert or a shipped record what became of it; of a copy"
                    + " `ok`, an error code, or `dropped` when too many were on their way"),
    EXPERIMENT("experiment", "an experiment of routes.yml"),
    ARM("arm", "one of its arms: a prompt version, or a name of `models:`"),
    BUDGET("budget", "a budget of routes.yml, such as `service:demo:daily`"),
    CONTROL("control", "`limits`, `budgets`"),
    EVENT("event", "a kind of security event (docs/security.md)"),
    SHIPPER("shipper", "a name of `audit.shippers` in routes.yml; the type of one without"),
    SINK("sink", "`file`; `webhook`, 0 where `audit.checkpoints.webhook` is empty"),
    RULE("rule", "a rule of guardrails: `secrets`, `pii`, `injection`, `words`, `regex` or `json-schema`"),
    TYPE("type", "what it was: a type of the rule (docs/guards.md), or the name of an expression in routes.yml"),
    ACTION("action", "what was done about it: `allow`, `flag`, `redact` or `block`"),
    PHASE("phase", "`input` or `output`"),
    TOKEN_TYPE("token.type", "`input` or `output`");

    private final String key;
    private final String closedList;

    Label(String key, String closedList) {
        this.key = key;
        this.closedList = closedList;
    }

    /** Its name in Micrometer. */
    public String key() {
        return key;
    }

    /** The list that its values come from. */
    public String closedList() {
        return closedList;
    }
}
