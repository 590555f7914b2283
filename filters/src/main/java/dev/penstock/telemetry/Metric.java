package dev.penstock.telemetry;

import java.util.List;

/**
 * Every meter of Penstock, whoever writes it. Those named {@code gen_ai.*} and their buckets are OpenTelemetry's (semantic
 * conventions for generative AI metrics).
 */
public enum Metric {
    OPERATION_DURATION(
            "gen_ai.client.operation.duration",
            Kind.TIMER,
            "attempts that left for a provider, from dispatch to the end of their answer",
            Buckets.DURATION,
            Label.PROVIDER,
            Label.MODEL,
            Label.OUTCOME),
    TOKEN_USAGE(
            "gen_ai.client.token.usage",
            Kind.SUMMARY,
            "tokens of answered requests, as their provider reported them",
            Buckets.TOKENS,
            Label.PROVIDER,
            Label.MODEL,
            Label.SERVICE,
            Label.TOKEN_TYPE),
    TIME_TO_FIRST_TOKEN(
            "gen_ai.server.time_to_first_token",
            Kind.TIMER,
            "streams: from the request's arrival to the first text, reasoning or tool call",
            Buckets.FIRST_TOKEN,
            Label.PROVIDER,
            Label.MODEL,
            Label.SURFACE,
            Label.SERVICE),
    REQUEST_DURATION(
            "gen_ai.server.request.duration",
            Kind.TIMER,
            "requests, from arrival to the end of the answer",
            Buckets.DURATION,
            Label.PROVIDER,
            Label.MODEL,
            Label.SURFACE,
            Label.SERVICE,
            Label.OUTCOME),
    REQUESTS(
            "penstock.requests",
            Kind.COUNTER,
            "requests by outcome",
            Buckets.NONE,
            Label.PROVIDER,
            Label.MODEL,
            Label.SURFACE,
            Label.SERVICE,
            Label.OUTCOME),
    ATTEMPTS(
            "penstock.attempts",
            Kind.COUNTER,
            "attempts, those included that did not leave (breaker open, no key, busy)",
            Buckets.NONE,
            Label.PROVIDER,
            Label.MODEL,
            Label.OUTCOME),
    OVERHEAD(
            "penstock.gateway.overhead",
            Kind.TIMER,
            "a request's duration without the time of its attempts",
            Buckets.OVERHEAD,
            Label.SURFACE),
    BREAKER_STATE("penstock.breaker.state", Kind.GAUGE, "0 closed, 1 half open, 2 open", Buckets.NONE, Label.PROVIDER),
    BREAKER_EVENTS(
            "penstock.breaker.events",
            Kind.COUNTER,
            "changes of a breaker's state, by the state that it came to",
            Buckets.NONE,
            Label.PROVIDER,
            Label.OUTCOME),
    HEALTH_STATE(
            "penstock.health.state",
            Kind.GAUGE,
            "1 there, 0 not, at a provider's last health check",
            Buckets.NONE,
            Label.PROVIDER),
    HEALTH_CHECKS(
            "penstock.health.checks",
            Kind.COUNTER,
            "health checks by what they found: up, down",
            Buckets.NONE,
            Label.PROVIDER,
            Label.OUTCOME),
    COST(
            "penstock.cost",
            Kind.COUNTER,
            "USD of attempts, failed ones included",
            Buckets.NONE,
            Label.PROVIDER,
            Label.MODEL,
            Label.SERVICE),
    AUDIT_RECORDS("penstock.audit.records", Kind.COUNTER, "records made durable since the start", Buckets.NONE),
    AUDIT_BACKLOG(
            "penstock.audit.backlog", Kind.GAUGE, "bytes of records handed over and not yet durable", Buckets.NONE),
    AUDIT_DAMAGED(
            "penstock.audit.damaged",
            Kind.GAUGE,
            "1 when records that were durable are not as they were written, 0 else",
            Buckets.NONE),
    AUDIT_MISSING(
            "penstock.audit.missing",
            Kind.GAUGE,
            "records that could not be written and are not yet told as a gap",
            Buckets.NONE),
    AUDIT_FSYNC(
            "penstock.audit.fsync",
            Kind.GAUGE,
            "the disk's own time for a durable write, 99th percentile of the last ones, in seconds",
            Buckets.NONE),
    SHIPPER_BACKLOG(
            "penstock.shipper.backlog",
            Kind.GAUGE,
            "records that the shipper's sink does not have; of one for security events, records that it has not looked at",
            Buckets.NONE,
            Label.SHIPPER),
    SHIPPER_AGE(
            "penstock.shipper.age",
            Kind.GAUGE,
            "age of the oldest of them, in seconds; 0 when its sink has all",
            Buckets.NONE,
            Label.SHIPPER),
    SHIPPER_RECORDS(
            "penstock.shipper.records",
            Kind.COUNTER,
            "records since the start: `sent`, or `missed` when they were deleted or damaged before their turn came",
            Buckets.NONE,
            Label.SHIPPER,
            Label.OUTCOME),
    SHIPPER_REFUSED(
            "penstock.shipper.refused",
            Kind.GAUGE,
            "1 while the shipper stops because its sink refuses what is next, 0 else",
            Buckets.NONE,
            Label.SHIPPER),
    CHECKPOINT_AGE(
            "penstock.checkpoint.age",
            Kind.GAUGE,
            "age of the last checkpoint that came there, in seconds, while there are records that it does not cover; 0 else",
            Buckets.NONE,
            Label.SINK),
    BUDGET_LIMIT("penstock.budget.limit", Kind.GAUGE, "USD of a budget's window", Buckets.NONE, Label.BUDGET),
    BUDGET_SPENT("penstock.budget.spent", Kind.GAUGE, "USD charged to it in this window", Buckets.NONE, Label.BUDGET),
    BUDGET_HELD("penstock.budget.held", Kind.GAUGE, "USD held for running calls", Buckets.NONE, Label.BUDGET),
    BUDGET_MARKS(
            "penstock.budget.marks",
            Kind.COUNTER,
            "soft marks that were passed, each once a window",
            Buckets.NONE,
            Label.BUDGET,
            Label.OUTCOME),
    BUDGET_OVERRUN(
            "penstock.budget.overrun",
            Kind.COUNTER,
            "USD charged beyond what was held: a provider used more than it was asked for, or a dearer model",
            Buckets.NONE,
            Label.BUDGET),
    ALERTS(
            "penstock.alerts",
            Kind.COUNTER,
            "alerts to the webhook: `sent`, `failed` after three tries, `dropped` when too many were on their way",
            Buckets.NONE,
            Label.OUTCOME),
    SECURITY_EVENTS(
            "penstock.security.events",
            Kind.COUNTER,
            "security events by kind, those included that were told once for several",
            Buckets.NONE,
            Label.EVENT),
    CONFIG_RELOADS("penstock.config.reloads", Kind.COUNTER, "changes of routes.yml that came into force", Buckets.NONE),
    CONFIG_REFUSED(
            "penstock.config.refused",
            Kind.COUNTER,
            "changes of routes.yml that were refused; the last good one stays",
            Buckets.NONE),
    CONFIG_VARIANTS(
            "penstock.config.variants",
            Kind.GAUGE,
            "configurations that the living instances run by; more than 1 while they differ",
            Buckets.NONE),
    EXPERIMENT_REQUESTS(
            "penstock.experiment.requests",
            Kind.COUNTER,
            "requests in an experiment, by outcome",
            Buckets.NONE,
            Label.EXPERIMENT,
            Label.ARM,
            Label.OUTCOME),
    PROMPTS_RELOADS("penstock.prompts.reloads", Kind.COUNTER, "changes of prompts/ that were read", Buckets.NONE),
    PROMPTS_REFUSED(
            "penstock.prompts.refused",
            Kind.COUNTER,
            "folders of a change that could not be used; what was there before goes on",
            Buckets.NONE),
    SHADOW_CALLS(
            "penstock.shadow.calls",
            Kind.COUNTER,
            "copies of calls to a model's shadow, which no other meter counts",
            Buckets.NONE,
            Label.OUTCOME),
    CONTROL_DEGRADED(
            "penstock.control.degraded",
            Kind.GAUGE,
            "1 while the store of a control does not answer and it does what `degraded:` says, 0 else",
            Buckets.NONE,
            Label.CONTROL),
    LIMIT_REFUSED(
            "penstock.limit.refused",
            Kind.COUNTER,
            "times that a limit had no room, be it for a request or for one of its attempts",
            Buckets.NONE,
            Label.SERVICE,
            Label.OUTCOME),
    GUARD_FINDINGS(
            "penstock.guard.findings",
            Kind.COUNTER,
            "things that guardrails found in what was asked and answered",
            Buckets.NONE,
            Label.RULE,
            Label.TYPE,
            Label.ACTION,
            Label.PHASE);

    /** What it is in Micrometer. Timers are in seconds. */
    public enum Kind {
        TIMER,
        SUMMARY,
        COUNTER,
        GAUGE
    }

    private final String meter;
    private final Kind kind;
    private final String meaning;
    private final double[] buckets;
    private final List<Label> labels;

    Metric(String meter, Kind kind, String meaning, double[] buckets, Label... labels) {
        this.meter = meter;
        this.kind = kind;
        this.meaning = meaning;
        this.buckets = buckets;
        this.labels = List.of(labels);
    }

    /** Its name in Micrometer, with dots. */
    public String meter() {
        return meter;
    }

    public Kind kind() {
        return kind;
    }

    /** What it counts, in a few words. */
    public String meaning() {
        return meaning;
    }

    public List<Label> labels() {
        return labels;
    }

    /** Upper bounds: seconds of a timer, else tokens. */
    double[] buckets() {
        return buckets.clone();
    }
}
