package dev.penstock.prompt;

import dev.penstock.core.Asked;
import dev.penstock.core.Chunk;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Rest;
import dev.penstock.exchange.Step;
import dev.penstock.prompt.fit.Fit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;
import reactor.util.context.ContextView;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request on its way to an object that fits: a call, a second one that shows the model its error where the first cannot be
 * used, and the fallback where that cannot either. Each call is a child of the exchange, so that each has its own candidates, holds
 * its own money and is metered by itself, and the records of the request name both.
 */
final class Fitting {

    private static final Logger LOG = LoggerFactory.getLogger(Fitting.class);
    private static final String STRICT = "x-penstock-strict";

    private final LlmExchange exchange;
    private final Rendered rendered;
    private final Rest rest;
    private final Asked asked;

    Fitting(LlmExchange exchange, Rendered rendered, Rest rest) {
        this.exchange = exchange;
        this.rendered = rendered;
        this.rest = rest;
        this.asked = exchange.get(Fact.CLEARED);
    }

    Mono<Answer> answer() {
        return Mono.deferContextual(context -> rest.of(exchange.again(asked))
                .flatMap(answer -> answer instanceof Answer.Streamed stream
                        ? Mono.just(streamed(stream, context))
                        : whole((Answer.Whole) answer)));
    }

    private Mono<Answer> whole(Answer.Whole answer) {
        String text = AnswerText.of(answer.body());
        Fit fit = fit(text);
        return (fit.answer() != null ? Mono.just(body(fit, false)) : second(text, fit)).map(Answer.Whole::new);
    }

    /** A stream of its own: the model's ends before the answer is there. */
    private Answer streamed(Answer.Streamed model, ContextView context) {
        Flux<Chunk> chunks = Flux.defer(() -> {
            Progress progress = new Progress();
            return model.chunks()
                    .concatMapIterable(progress::heard)
                    .concatWith(Flux.defer(() -> ending(progress.text(), context)));
        });
        return Answer.Streamed.of(chunks, model::close);
    }

    private Flux<Chunk> ending(String text, ContextView context) {
        Fit fit = fit(text);
        return fit.answer() != null
                ? Flux.just(Progress.answer(body(fit, false)))
                : Flux.concat(
                        Mono.just(Progress.repairing()),
                        second(text, fit)
                                .contextWrite(ofWriter -> Context.of(context))
                                .subscribeOn(loop())
                                .map(Progress::answer));
    }

    /**
     * Later: the model's stream ends while its connection is still being read, and that connection must not be asked meanwhile.
     * In the context of the request: the one of the response being written releases buffers that others own.
     */
    private Scheduler loop() {
        return Schedulers.fromExecutor(exchange.loop());
    }

    /** A second call that fails, for whatever reason, leaves the request where it was: without an answer that fits. */
    private Mono<ObjectNode> second(String text, Fit first) {
        return Mono.defer(() -> rest.of(exchange.again(RepairPrompt.of(asked, text, first.problem()))))
                .map(answer -> fit(AnswerText.of(((Answer.Whole) answer).body())))
                .onErrorResume(failure -> Mono.just(unanswered(first, failure)))
                .map(fit -> fit.answer() != null ? body(fit, true) : withoutModel(fit));
    }

    private Fit unanswered(Fit first, Throwable failure) {
        if (!(failure instanceof GatewayException)) {
            LOG.error(
                    "the repair of request {} failed: {}",
                    exchange.id(),
                    failure.getClass().getName());
        }
        return first;
    }

    private Fit fit(String text) {
        return Fit.of(rendered.kind(), rendered.input(), text);
    }

    private ObjectNode withoutModel(Fit fit) {
        if (exchange.header(STRICT).filter("true"::equalsIgnoreCase).isPresent()) {
            throw new GatewayException(
                    ErrorCode.UPSTREAM_INVALID,
                    Told.of("The model's answer does not fit kind '"
                            + rendered.kind().name() + "', and asking again did not help: " + fit.problem() + "."));
        }
        ObjectNode fallback = rendered.kind().fallback(rendered.input());
        rendered.kind().violation(fallback, rendered.input()).ifPresent(wrong -> {
            throw new GatewayException(ErrorCode.UPSTREAM_INVALID, Told.NOTHING, "nor does the fallback fit: " + wrong);
        });
        fallback.set("metadata", Metadata.of(exchange, rendered, fallback).put("fallback_used", true));
        decided(true, false);
        return fallback;
    }

    private ObjectNode body(Fit fit, boolean again) {
        ObjectNode body = fit.answer();
        ObjectNode metadata = Metadata.of(exchange, rendered, body).put("repaired", fit.repaired() || again);
        if (fit.cut()) {
            metadata.put("truncated", true);
        }
        body.set("metadata", metadata);
        decided(false, fit.repaired() || again);
        return body;
    }

    private void decided(boolean fallback, boolean repaired) {
        exchange.trail()
                .decided(
                        Step.FIT_SCHEMA,
                        Json.object().put("fallback_used", fallback).put("repaired", repaired));
    }
}
