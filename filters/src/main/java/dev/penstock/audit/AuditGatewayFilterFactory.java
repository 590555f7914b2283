package dev.penstock.audit;

import dev.penstock.exchange.Answer;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.exchange.LlmGatewayFilterFactory;
import dev.penstock.exchange.Rest;
import dev.penstock.exchange.Step;
import java.io.ByteArrayOutputStream;
import reactor.core.publisher.Mono;

/** Sees to it that no attempt leaves without a durable intent, and that every request ends in a record. */
public final class AuditGatewayFilterFactory extends LlmGatewayFilterFactory<AuditGatewayFilterFactory.Config> {

    /** Nothing to configure per route; {@code audit:} says what is recorded. */
    public record Config() {}

    private final CallRecords records;
    private final AuditLog log;
    private final Refusals refusals;
    private final CallContents contents;
    private final TextHash hash;

    AuditGatewayFilterFactory(
            CallRecords records, AuditLog log, Refusals refusals, CallContents contents, TextHash hash) {
        super(Step.AUDIT, Config.class);
        this.records = records;
        this.log = log;
        this.refusals = refusals;
        this.contents = contents;
        this.hash = hash;
    }

    @Override
    protected LlmFilter create(Config config) {
        return this::audit;
    }

    private Mono<Answer> audit(LlmExchange exchange, Rest rest) {
        AuditConfig config = CallRecords.config(exchange);
        boolean hashes = config.mode() != AuditConfig.Mode.OFF && config.content() != AuditConfig.Content.NONE;
        AnswerHash answer = new AnswerHash(
                exchange.surface().texts(),
                hashes ? hash : null,
                CallContents.wanted(config) ? new ByteArrayOutputStream() : null);
        CallBooks books = new CallBooks(exchange, records, log, refusals, contents, answer);
        exchange.gates().add(books);
        return books.follow(rest.of(exchange));
    }
}
