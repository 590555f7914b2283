package dev.penstock.telemetry;

import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Outcome;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;

/** The server span of a request; its caller's trace goes on where {@code traceparent} says so. */
final class Spans {

    private static final String OPERATION = "chat";

    private final Tracer tracer;
    private final AttemptSpans attempts;

    Spans(OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer("dev.penstock");
        this.attempts = new AttemptSpans(tracer);
    }

    /** Begun without attributes: most requests are not sampled, the others get them at their end. */
    Span begin(LlmExchange exchange) {
        return tracer.spanBuilder("POST")
                .setSpanKind(SpanKind.SERVER)
                .setParent(parent(exchange.request().getHeaders()))
                .setStartTimestamp(exchange.began())
                .startSpan();
    }

    void end(Span span, Summary summary) {
        if (span.isRecording()) {
            describeRequest(span, summary);
            describeAnswer(span, summary);
            attempts.write(Context.root().with(span), summary);
            span.end(summary.ended());
        }
    }

    private static Context parent(HttpHeaders headers) {
        return headers.containsHeader("traceparent")
                ? W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, HeaderGetter.INSTANCE)
                : Context.root();
    }

    private static void describeRequest(Span span, Summary summary) {
        LlmExchange exchange = summary.exchange();
        String method = exchange.request().getMethod().name();
        String route =
                exchange.web().getAttributeOrDefault(ServerWebExchangeUtils.GATEWAY_PREDICATE_MATCHED_PATH_ATTR, "");
        span.updateName(route.isEmpty() ? method : method + " " + route);
        SpanField.METHOD.put(span, method);
        SpanField.ROUTE.put(span, route);
        SpanField.OPERATION.put(span, OPERATION);
        SpanField.REQUEST_MODEL.put(span, summary.askedModel());
        SpanField.REQUEST_ID.put(span, exchange.id());
        SpanField.CONFIG.put(span, exchange.settings().hash());
        summary.caller().ifPresent(caller -> {
            SpanField.SERVICE.put(span, caller.service());
            SpanField.TEAM.put(span, caller.team());
        });
    }

    private static void describeAnswer(Span span, Summary summary) {
        Outcome outcome = summary.outcome();
        SpanField.ATTEMPTS.put(span, summary.exchange().trail().sent());
        if (outcome.status() > 0) {
            SpanField.STATUS.put(span, outcome.status());
        }
        if (!outcome.ok()) {
            SpanField.ERROR.put(span, outcome.word());
        }
        if (outcome.faulty()) {
            span.setStatus(StatusCode.ERROR);
        }
        if (summary.main() != null) {
            AttemptSpans.describeServed(span, summary, summary.main());
        }
    }
}
