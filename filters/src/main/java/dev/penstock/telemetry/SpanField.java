package dev.penstock.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import java.util.List;

/** Every attribute of a span. Those without {@code penstock.} are OpenTelemetry's (HTTP and generative AI conventions). */
enum SpanField {
    OPERATION("gen_ai.operation.name", "both", "`chat`"),
    PROVIDER("gen_ai.provider.name", "both", "the provider of routes.yml that was asked"),
    REQUEST_MODEL("gen_ai.request.model", "both", "server: what the caller asked for; client: what the provider was"),
    RESPONSE_MODEL("gen_ai.response.model", "both", "what the provider says it ran"),
    INPUT_TOKENS("gen_ai.usage.input_tokens", "both", "all input tokens, cached ones included"),
    OUTPUT_TOKENS("gen_ai.usage.output_tokens", "both", "all output tokens, reasoning included"),
    FINISH_REASONS("gen_ai.response.finish_reasons", "both", "the provider's own word"),
    METHOD("http.request.method", "server", "`POST`"),
    ROUTE("http.route", "server", "the path pattern of the route"),
    STATUS("http.response.status_code", "both", "absent when none was sent or came"),
    ERROR("error.type", "both", "server: the error code, or `cancelled`; client: the attempt's reason"),
    REQUEST_ID("penstock.request.id", "server", "as in `x-request-id`"),
    SERVICE("penstock.service", "server", "the caller's service"),
    TEAM("penstock.team", "server", "the caller's team"),
    ATTEMPTS("penstock.attempts", "server", "attempts that left for a provider"),
    CONFIG("penstock.config", "server", "the configuration's hash"),
    ATTEMPT("penstock.attempt", "client", "its number, from 1");

    /** What a caller wrote is cut to this many characters. */
    private static final int LONGEST = 200;

    private final String key;
    private final String where;
    private final String meaning;
    private final AttributeKey<List<String>> listKey;

    SpanField(String key, String where, String meaning) {
        this.key = key;
        this.where = where;
        this.meaning = meaning;
        this.listKey = AttributeKey.stringArrayKey(key);
    }

    String key() {
        return key;
    }

    /** The kind of span that has it: server, client or both. */
    String where() {
        return where;
    }

    String meaning() {
        return meaning;
    }

    /** Sets it unless it is empty. */
    void put(Span span, String value) {
        if (!value.isEmpty()) {
            span.setAttribute(key, value.length() > LONGEST ? value.substring(0, LONGEST) : value);
        }
    }

    void put(Span span, long value) {
        span.setAttribute(key, value);
    }

    /** Sets it as a list of one unless that is empty. */
    void putOne(Span span, String value) {
        if (!value.isEmpty()) {
            span.setAttribute(listKey, List.of(value));
        }
    }
}
