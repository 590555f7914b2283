package dev.penstock.audit;

import dev.penstock.core.GatewayException;
import dev.penstock.core.Instants;
import dev.penstock.core.Json;
import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Outcome;
import dev.penstock.exchange.Over;
import dev.penstock.exchange.Question;
import dev.penstock.exchange.Step;
import dev.penstock.exchange.Trail;
import dev.penstock.exchange.Unreached;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes down one call in the fields that docs/audit.md lists. Stateless. */
final class CallRecords {

    static final String INTENT = "intent";
    static final String QUESTION = "question";
    static final String OUTCOME = "outcome";
    static final String REFUSAL = "refusal";

    private final Subject subject;
    private final TextHash hash;
    private final Clock clock;
    private final LongSupplier nanos;

    CallRecords(TextHash hash, Clock clock, LongSupplier nanos) {
        this.subject = new Subject(hash.hmac());
        this.hash = hash;
        this.clock = clock;
        this.nanos = nanos;
    }

    /**
     * Who asked for what, as all records of a call have it from its first intent on: by then all steps that say something of it have run.
     * Nobody changes it.
     */
    record Asking(ObjectNode who, ObjectNode what) {

        private void on(ObjectNode record) {
            record.set("who", who);
            record.set("what", what);
        }
    }

    Asking asking(LlmExchange exchange) {
        return new Asking(subject.who(exchange), subject.what(exchange));
    }

    /**
     * {@code id} is the attempt's own; {@code body} is what will be sent. Without {@code asking} only what was decided is recorded: budgets
     * stand on it.
     */
    ObjectNode intent(LlmExchange exchange, @Nullable Asking asking, Attempt attempt, String id, byte[] body) {
        ObjectNode record = head(INTENT, exchange);
        record.put("intent", id);
        if (asking != null) {
            asking.on(record);
            ObjectNode target = record.putObject("target");
            target.put("provider", attempt.provider()).put("model", attempt.model());
            if (!attempt.keyId().isEmpty()) {
                target.put("key", attempt.keyId());
            }
            content(exchange, body, record.putObject("sent"));
        }
        return decisions(exchange, record);
    }

    /** Of what is shown to somebody beside the attempts: nothing closes it but the end of its call. */
    ObjectNode question(LlmExchange exchange, Question question, byte[] body) {
        ObjectNode record = head(QUESTION, exchange);
        asking(exchange).on(record);
        ObjectNode target = record.putObject("target").put("provider", question.provider());
        if (!question.model().isEmpty()) {
            target.put("model", question.model());
        }
        if (!question.keyId().isEmpty()) {
            target.put("key", question.keyId());
        }
        target.put("path", question.path());
        bytes(config(exchange), body, record.putObject("sent"));
        return record;
    }

    /** The end of a call that left; {@code intents} are its attempts that did. */
    ObjectNode outcome(
            LlmExchange exchange, @Nullable Asking asking, Over over, Map<Attempt, String> intents, AnswerHash answer) {
        ObjectNode record = head(OUTCOME, exchange);
        ArrayNode closed = record.putArray("intents");
        intents.values().forEach(closed::add);
        if (asking != null) {
            asking.on(record);
            end(exchange, over, answer, record);
            Attempts.list(exchange.trail().attempts(), intents, record.putArray("attempts"));
            money(exchange.trail(), record);
            answer.describe(record);
        }
        return decisions(exchange, record);
    }

    /** The end of a call that never left. */
    ObjectNode refusal(LlmExchange exchange, Over over, AnswerHash answer) {
        ObjectNode record = head(REFUSAL, exchange);
        asking(exchange).on(record);
        end(exchange, over, answer, record);
        if (!exchange.trail().attempts().isEmpty()) {
            Attempts.list(exchange.trail().attempts(), Map.of(), record.putArray("attempts"));
        }
        return decisions(exchange, record);
    }

    static AuditConfig config(LlmExchange exchange) {
        return exchange.settings().get(AuditConfig.class);
    }

    private ObjectNode head(String type, LlmExchange exchange) {
        ObjectNode record = Json.object();
        record.put("type", type);
        record.put("time", Instants.text(clock.instant()));
        record.put("call", exchange.callId());
        record.put("request_id", exchange.id());
        exchange.trail().traceId().ifPresent(trace -> record.put("trace_id", trace));
        return record;
    }

    private void content(LlmExchange exchange, byte[] body, ObjectNode sent) {
        AuditConfig config = config(exchange);
        bytes(config, body, sent);
        if (config.content() != AuditConfig.Content.NONE) {
            SaidTexts.sent(exchange.surface().texts(), exchange.get(Fact.ASKED), exchange.get(Fact.CLEARED))
                    .describe(hash, sent);
        }
    }

    private void bytes(AuditConfig config, byte[] body, ObjectNode sent) {
        sent.put("bytes", body.length);
        if (config.content() != AuditConfig.Content.NONE) {
            sent.put("hmac", hash.hmac().of(body));
        }
    }

    private void end(LlmExchange exchange, Over over, AnswerHash answer, ObjectNode record) {
        Outcome outcome = Outcome.of(over, answer.begun());
        record.put("outcome", outcome.word());
        record.put("status", outcome.status());
        if (outcome.cancelled()) {
            record.put("client_disconnected", true);
        }
        if (answer.begun() && over.how() == Over.How.FAILED) {
            record.put("truncated", true);
        }
        if (over.failure() instanceof GatewayException known) {
            param(known, record);
        }
        long took = nanos.getAsLong() - exchange.beganNanos();
        record.put("ms", Duration.ofNanos(Math.max(0, took)).toMillis());
        Set<String> ignored = exchange.trail().ignored();
        if (!ignored.isEmpty()) {
            ArrayNode names = record.putArray("ignored");
            new TreeSet<>(ignored).forEach(names::add);
        }
    }

    private static void param(GatewayException known, ObjectNode record) {
        String param = known.told().param();
        if (param != null) {
            record.put("param", param);
        }
    }

    private static void money(Trail trail, ObjectNode record) {
        trail.served().ifPresent(served -> {
            record.put("provider", served.provider());
            record.put("model", served.answeredModel());
        });
        record.put("finish", trail.finish());
        trail.usage().ifPresent(usage -> record.set("usage", Attempts.usage(usage)));
        record.put("cost_nano_usd", trail.nanoUsd());
    }

    private static ObjectNode decisions(LlmExchange exchange, ObjectNode record) {
        Map<Step, ObjectNode> decided = exchange.trail().decisions();
        exchange.find(Fact.CALLER)
                .flatMap(caller -> exchange.settings()
                        .find(Unreached.class)
                        .map(it -> it.by().apply(caller)))
                .ifPresent(unreached -> unreached.forEach(decided::putIfAbsent));
        if (!decided.isEmpty()) {
            ObjectNode decisions = record.putObject("decisions");
            decided.forEach((step, decision) -> decisions.set(step.filter(), decision));
        }
        return record;
    }
}
