package dev.penstock.experiment.shadow;

import dev.penstock.core.Asked;
import dev.penstock.core.Caller;
import dev.penstock.core.Json;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Chain;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Outcome;
import dev.penstock.exchange.Over;
import dev.penstock.exchange.Step;
import dev.penstock.exchange.Variant;
import dev.penstock.experiment.shadow.ShadowSettings.Shadow;
import dev.penstock.journal.Entry;
import dev.penstock.journal.Journal;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.node.ObjectNode;

/** Sends copies of calls whose caller has its answer, and records how both differ. Thread-safe. */
public final class Shadowing {

    /** Copies under way at once; further ones are not made. */
    private static final int MOST = 16;

    private static final double ALL = 100;

    private final Function<LlmExchange, Chain> chain;
    private final Journal journal;
    private final Clock clock;
    private final Scheduler elsewhere;
    private final DoubleSupplier random;
    private final Consumer<String> ends;
    private final AtomicInteger running = new AtomicInteger();

    /**
     * @param chain the steps that a copy takes, by the call that it is of
     * @param elsewhere where a copy begins: not on the caller's event loop
     * @param random from 0 to 1
     * @param ends told how each copy ended, and {@code dropped} of one that was not made
     */
    public Shadowing(
            Function<LlmExchange, Chain> chain,
            Journal journal,
            Clock clock,
            Scheduler elsewhere,
            DoubleSupplier random,
            Consumer<String> ends) {
        this.chain = chain;
        this.journal = journal;
        this.clock = clock;
        this.elsewhere = elsewhere;
        this.random = random;
        this.ends = ends;
    }

    /** The same answer; a copy of its call follows when it is drawn, complete and with its caller. */
    public Mono<Answer> follow(LlmExchange exchange, Mono<Answer> rest) {
        ShadowSettings settings = exchange.settings().get(ShadowSettings.class);
        if (settings.models().isEmpty()) {
            return rest;
        }
        double drawn = random.getAsDouble() * ALL;
        if (drawn >= settings.largest()) {
            return rest;
        }
        Heard heard = new Heard();
        return Over.change(rest, heard::follow, over -> {
            if (over.how() == Over.How.COMPLETE) {
                exchange.afterwards(() -> copy(exchange, heard, drawn));
            }
        });
    }

    private void copy(LlmExchange exchange, Heard heard, double drawn) {
        String model = model(exchange);
        Shadow shadow = exchange.settings().get(ShadowSettings.class).models().get(model);
        boolean allowed = shadow != null
                && drawn < shadow.share()
                && (shadow.mock() || !exchange.get(Fact.VARIANT).mockOnly());
        if (!allowed) {
            return;
        }
        if (running.incrementAndGet() > MOST) {
            running.decrementAndGet();
            ends.accept("dropped");
            return;
        }
        sent(exchange, model, shadow)
                .subscribeOn(elsewhere)
                .subscribe(
                        copied -> record(model, new Side(exchange, Outcome.OK.word(), heard.text()), copied),
                        bug -> running.decrementAndGet());
    }

    /** The model that was asked for, or that an experiment put in its place. */
    private static String model(LlmExchange exchange) {
        String arm = exchange.get(Fact.VARIANT).model();
        return arm.isEmpty() ? exchange.get(Fact.CLEARED).namedModel().orElse(exchange.routeModel()) : arm;
    }

    private Mono<Side> sent(LlmExchange exchange, String model, Shadow shadow) {
        return Mono.defer(() -> {
            LlmExchange copy = exchange.copy(clock.instant());
            copy.put(Fact.BODY, exchange.get(Fact.BODY));
            copy.put(Fact.CALLER, new Caller(ShadowSettings.service(model), "", "", List.of()));
            copy.put(Fact.ASKED, exchange.get(Fact.ASKED));
            copy.put(Fact.VARIANT, Variant.NONE);
            Asked cleared = exchange.get(Fact.CLEARED);
            copy.put(Fact.PROMPTED, cleared);
            copy.put(Fact.CLEARED, cleared);
            copy.put(Fact.CANDIDATES, List.of(shadow.to()));
            copy.trail().decided(Step.ASSIGN_VARIANT, Json.object().put("shadow_of", exchange.callId()));
            Heard heard = new Heard();
            return chain.apply(exchange)
                    .answer(copy)
                    .map(heard::follow)
                    .flatMap(Shadowing::read)
                    .thenReturn(Outcome.OK)
                    .onErrorResume(failure -> Mono.just(Outcome.of(Over.failed(failure), false)))
                    .map(outcome -> new Side(copy, outcome.word(), heard.text()));
        });
    }

    private static Mono<Void> read(Answer answer) {
        return answer instanceof Answer.Streamed stream ? stream.chunks().then() : Mono.empty();
    }

    private void record(String model, Side caller, Side copy) {
        running.decrementAndGet();
        ends.accept(copy.outcome());
        ObjectNode record =
                Json.object().put("type", "shadow").put("time", clock.instant().toString());
        record.put("call", caller.exchange().callId())
                .put("request_id", caller.exchange().id())
                .put("asked_model", model);
        record.set("answered", caller.tree());
        record.set("shadow", copy.tree());
        record.putObject("difference")
                .put("ms", copy.ms() - caller.ms())
                .put("output_tokens", copy.output() - caller.output())
                .put("cost_nano_usd", copy.cost() - caller.cost())
                .put("characters", copy.characters() - caller.characters())
                .put("similarity", Heard.similarity(copy.text(), caller.text()));
        journal.append(Entry.plain(record));
    }
}
