package dev.penstock.telemetry;

import dev.penstock.exchange.Answer;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.exchange.LlmGatewayFilterFactory;
import dev.penstock.exchange.Over;
import dev.penstock.exchange.Rest;
import dev.penstock.exchange.Step;
import io.opentelemetry.api.trace.Span;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Opens a span when a request comes, and tells what happened when it is over. */
public final class TelemetryGatewayFilterFactory extends LlmGatewayFilterFactory<TelemetryGatewayFilterFactory.Config> {

    private static final Logger LOG = LoggerFactory.getLogger("dev.penstock.request");

    /** Nothing to configure per route. */
    public record Config() {}

    private final Spans spans;
    private final Meters meters;
    private final LongSupplier nanos;

    TelemetryGatewayFilterFactory(Spans spans, Meters meters, LongSupplier nanos) {
        super(Step.TELEMETRY, Config.class);
        this.spans = spans;
        this.meters = meters;
        this.nanos = nanos;
    }

    @Override
    protected LlmFilter create(Config config) {
        return this::observe;
    }

    private Mono<Answer> observe(LlmExchange exchange, Rest rest) {
        Span span = spans.begin(exchange);
        if (span.getSpanContext().isValid()) {
            exchange.trail().traceId(span.getSpanContext().getTraceId());
        }
        Watch watch = new Watch(exchange, span);
        return Over.watch(rest.of(exchange), watch::begun, watch::over);
    }

    /** One request; what it learns may come from different threads, one after the other. */
    private final class Watch {

        private final LlmExchange exchange;
        private final Span span;
        private volatile Begun begun = Begun.NOTHING;

        private Watch(LlmExchange exchange, Span span) {
            this.exchange = exchange;
            this.span = span;
        }

        private void begun(Answer answer) {
            begun = Begun.by(answer);
        }

        private void over(Over over) {
            Summary summary = Summary.of(exchange, over, begun, nanos.getAsLong());
            meters.record(summary);
            spans.end(span, summary);
            if (LOG.isDebugEnabled()) {
                log(summary);
            }
        }

        private void log(Summary summary) {
            LOG.debug(
                    "id={} outcome={} service={} provider={} model={} attempts={} ms={}",
                    exchange.id(),
                    summary.outcome().word(),
                    summary.serviceLabel(),
                    summary.providerLabel(),
                    summary.modelLabel(),
                    exchange.trail().sent(),
                    summary.took().toMillis());
        }
    }
}
