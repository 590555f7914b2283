package dev.penstock.telemetry;

import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.Trail;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;

/** The client spans of a request that is over, one for each attempt, at the times when they ran. */
final class AttemptSpans {

    private static final String OPERATION = "chat";

    private final Tracer tracer;

    AttemptSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    void write(Context parent, Summary summary) {
        int number = 0;
        for (Attempt attempt : summary.attempts()) {
            number++;
            write(parent, summary, attempt, number);
        }
    }

    /** What the attempt's provider answered, for its own span and for the request's. */
    static void describeServed(Span span, Summary summary, Attempt attempt) {
        Trail trail = summary.exchange().trail();
        SpanField.PROVIDER.put(span, attempt.provider());
        if (trail.served().filter(attempt::equals).isEmpty()) {
            return;
        }
        SpanField.RESPONSE_MODEL.put(span, attempt.answeredModel());
        SpanField.FINISH_REASONS.putOne(span, trail.finish());
        trail.usage().ifPresent(usage -> {
            SpanField.INPUT_TOKENS.put(span, usage.input());
            SpanField.OUTPUT_TOKENS.put(span, usage.output());
        });
    }

    private void write(Context parent, Summary summary, Attempt attempt, int number) {
        Attempt.End end = summary.endOf(attempt);
        Span span = tracer.spanBuilder(OPERATION + " " + attempt.model())
                .setSpanKind(SpanKind.CLIENT)
                .setParent(parent)
                .setStartTimestamp(attempt.began())
                .startSpan();
        SpanField.OPERATION.put(span, OPERATION);
        SpanField.REQUEST_MODEL.put(span, attempt.model());
        SpanField.ATTEMPT.put(span, number);
        describeServed(span, summary, attempt);
        if (end.status() > 0) {
            SpanField.STATUS.put(span, end.status());
        }
        if (end.reason() != Attempt.Reason.OK) {
            SpanField.ERROR.put(span, end.reason().wire());
            span.setStatus(StatusCode.ERROR);
        }
        span.end(attempt.began().plus(end.took()));
    }
}
