package dev.penstock.audit;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Told;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.Gate;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Over;
import dev.penstock.exchange.Question;
import dev.penstock.exchange.Step;
import dev.penstock.journal.Entry;
import dev.penstock.journal.Position;
import dev.penstock.journal.Room;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** The records of one call: an intent for each attempt that leaves, and what closes them. */
final class CallBooks implements Gate {

    private static final Duration SOON = Duration.ofSeconds(1);

    /** What is kept on the disk for the closing record, for each intent in it. */
    private static final int ROOM = 8 * 1024;

    private final LlmExchange exchange;
    private final AuditConfig config;
    private final AuditConfig.Mode mode;
    private final CallRecords records;
    private final AuditLog log;
    private final Refusals refusals;
    private final CallContents contents;
    private final AnswerHash answer;
    private final Map<Attempt, String> intents = new LinkedHashMap<>(2);
    private final List<CompletableFuture<?>> running = new ArrayList<>(1);
    private int tried;

    /** An attempt that begins on another thread while its caller leaves must not leave an intent behind that nothing closes. */
    private boolean ended;

    private CallRecords.@Nullable Asking asking;
    private volatile CompletableFuture<?> closed = CompletableFuture.completedFuture(null);

    CallBooks(
            LlmExchange exchange,
            CallRecords records,
            AuditLog log,
            Refusals refusals,
            CallContents contents,
            AnswerHash answer) {
        this.exchange = exchange;
        this.config = CallRecords.config(exchange);
        this.mode = config.mode();
        this.records = records;
        this.log = log;
        this.refusals = refusals;
        this.contents = contents;
        this.answer = answer;
    }

    @Override
    public Mono<Void> leaving(Attempt attempt, byte[] body) {
        if (mode == AuditConfig.Mode.OFF && !exchange.trail().decisions().containsKey(Step.BUDGET)) {
            return Mono.empty();
        }
        return inTime(() -> write(attempt, body), mode != AuditConfig.Mode.BEST_EFFORT);
    }

    @Override
    public Mono<Void> asking(Question question, byte[] body) {
        if (mode == AuditConfig.Mode.OFF) {
            return Mono.empty();
        }
        return inTime(
                () -> log.append(
                        Entry.plain(records.question(exchange, question, body)).by(exchange.loop())),
                mode == AuditConfig.Mode.STRICT);
    }

    /** Told on the request's own thread; {@code must}: a record that was not written fails the request. */
    private Mono<Void> inTime(Supplier<CompletableFuture<?>> written, boolean must) {
        return Durable.within(AuditLog.PATIENCE, written, exchange.loop(), must ? CallBooks::unavailable : null);
    }

    private synchronized CompletableFuture<Position> write(Attempt attempt, byte[] body) {
        if (ended) {
            return CompletableFuture.failedFuture(new CancellationException("the call is over"));
        }
        String id = exchange.callId() + "#" + ++tried;
        if (asking == null && mode != AuditConfig.Mode.OFF) {
            asking = records.asking(exchange);
        }
        ObjectNode record = records.intent(exchange, asking, attempt, id, body);
        intents.put(attempt, id);
        Entry entry = new Entry(record, Room.opening(ROOM), true, exchange.loop());
        CompletableFuture<Position> known = written(entry, CallContents.SENT, body)
                .whenComplete((position, failure) -> {
                    if (failure != null) {
                        forget(attempt);
                    }
                });
        running.add(known);
        return known;
    }

    /** Behind the text that the record names, where one is kept. */
    private CompletableFuture<Position> written(Entry entry, String of, byte[] text) {
        if (!CallContents.wanted(config)) {
            return appended(entry);
        }
        CompletableFuture<Void> kept = of.equals(CallContents.SENT) && mode == AuditConfig.Mode.STRICT
                ? contents.keep(exchange, entry.record(), of, text)
                : contents.keepOrSay(exchange, entry.record(), of, text);
        return kept.thenCompose(done -> appended(entry));
    }

    private CompletableFuture<Position> appended(Entry entry) {
        try {
            return log.append(entry);
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private synchronized void forget(Attempt attempt) {
        intents.remove(attempt);
    }

    private static GatewayException unavailable(Throwable failure) {
        return new GatewayException(
                ErrorCode.AUDIT_UNAVAILABLE, Told.NOTHING.after(SOON), String.valueOf(failure.getMessage()));
    }

    /** What the caller gets: the same answer, held back at its end where the configuration says so. */
    Mono<Answer> follow(Mono<Answer> rest) {
        Mono<Answer> watched = Over.change(rest, answer::follow, this::over);
        return awaited() ? watched.flatMap(this::held) : watched;
    }

    /** Whether the end of the answer waits for its record. */
    private boolean awaited() {
        return config.outcome() == AuditConfig.Completion.AWAIT;
    }

    private Mono<Answer> held(Answer whole) {
        return whole instanceof Answer.Streamed stream
                ? Mono.just(stream.map(chunks -> chunks.concatWith(Mono.defer(this::durable))))
                : this.<Answer>durable().thenReturn(whole);
    }

    private <T> Mono<T> durable() {
        return inTime(() -> closed, mode == AuditConfig.Mode.STRICT).then(Mono.empty());
    }

    /** Waits for intents that are still on their way: an outcome names those that are there, and no others. */
    private synchronized void over(Over over) {
        ended = true;
        CompletableFuture<?> settled = CompletableFuture.allOf(running.toArray(CompletableFuture[]::new));
        closed = settled.isDone()
                ? close(over)
                : settled.handle((done, failure) -> null).thenCompose(it -> close(over));
    }

    private synchronized CompletableFuture<?> close(Over over) {
        if (!intents.isEmpty()) {
            ObjectNode outcome = records.outcome(exchange, asking, over, intents, answer);
            Room room = Room.closing(ROOM * intents.size());
            return written(new Entry(outcome, room, awaited(), exchange.loop()), CallContents.ANSWER, answer.text());
        }
        return mode == AuditConfig.Mode.OFF
                ? CompletableFuture.completedFuture(null)
                : refusals.write(exchange, over, records.refusal(exchange, over, answer));
    }
}
