package dev.penstock.audit;

import dev.penstock.audit.content.ContentId;
import dev.penstock.audit.content.ContentStore;
import dev.penstock.core.Caller;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Keeps the texts of calls beside their records, where {@code audit.content} is {@code encrypted}. Never waits. */
final class CallContents {

    static final String SENT = "sent";
    static final String ANSWER = "answer";

    private final @Nullable ContentStore store;

    /** {@code store} is null where there is no master key: no configuration asks for it then. */
    CallContents(@Nullable ContentStore store) {
        this.store = store;
    }

    static boolean wanted(AuditConfig config) {
        return config.mode() != AuditConfig.Mode.OFF && config.content() == AuditConfig.Content.ENCRYPTED;
    }

    /**
     * Completes when the text is durable and the record says where; at once where none is kept. Fails when it could not be kept.
     *
     * @param of what in the record it is: {@link #SENT} or {@link #ANSWER}
     */
    CompletableFuture<Void> keep(LlmExchange exchange, ObjectNode record, String of, byte[] plain) {
        if (store == null
                || !wanted(CallRecords.config(exchange))
                || !(record.path(of) instanceof ObjectNode described)) {
            return CompletableFuture.completedFuture(null);
        }
        String service = exchange.find(Fact.CALLER).map(Caller::service).orElse("");
        return store.keep(service, ContentId.of(record, of), plain)
                .thenAccept(place -> described.set("content", place.json()));
    }

    /** The same, but a text that could not be kept is told in the record and fails nothing. */
    CompletableFuture<Void> keepOrSay(LlmExchange exchange, ObjectNode record, String of, byte[] plain) {
        return keep(exchange, record, of, plain).exceptionally(failure -> {
            Throwable cause = Optional.ofNullable(failure instanceof CompletionException ? failure.getCause() : null)
                    .orElse(failure);
            ((ObjectNode) record.path(of))
                    .put("content_missing", cause.getClass().getSimpleName());
            return null;
        });
    }
}
