package dev.penstock.guard;

import dev.penstock.core.Json;
import dev.penstock.core.TextKind;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.SideCalls;
import dev.penstock.guard.GuardrailConfig.ModeratorConfig;
import dev.penstock.guard.detect.Match;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Has texts judged by others, one moderator after the other. Thread-safe. */
final class Moderation {

    private static final String PATH = "/moderations";

    /** Characters that are sent to be judged in one question; of more, none are. */
    static final int MOST = 1 << 20;

    private final SideCalls calls;

    Moderation(SideCalls calls) {
        this.calls = calls;
    }

    /** Completes when each that asks has its verdict, whatever that is. */
    Mono<Void> judge(LlmExchange exchange, List<Control> controls, List<Said> said, Verdicts verdicts) {
        return Flux.fromIterable(controls)
                .filter(Control::asks)
                .concatMap(control -> asked(exchange, control, said, verdicts))
                .then();
    }

    /**
     * A text that is to be judged.
     *
     * @param offset where it begins in the text that {@code at} names
     */
    record Said(String at, String text, int offset) {}

    /** What was read, without what was taken out. */
    static List<Said> said(Reading reading) {
        List<Said> said = new ArrayList<>(reading.texts().size());
        for (int i = 0; i < reading.texts().size(); i++) {
            said.add(new Said(reading.places().get(i), reading.texts().get(i), 0));
        }
        return said;
    }

    private Mono<Void> asked(LlmExchange exchange, Control control, List<Said> all, Verdicts verdicts) {
        ModeratorConfig moderator = control.config().moderator().orElseThrow();
        List<Said> said = all.stream().filter(it -> !it.text().isBlank()).toList();
        if (said.isEmpty()) {
            verdicts.ran(control);
            return Mono.empty();
        }
        if (said.stream().mapToLong(it -> it.text().length()).sum() > MOST) {
            verdicts.failed(control, "more than " + MOST + " characters");
            return Mono.empty();
        }
        return calls.post(exchange, moderator.provider(), PATH, question(moderator, said), moderator.timeout())
                .map(answer -> Judgement.of(answer, said.size(), moderator.thresholds()))
                .doOnNext(judgement -> take(control, said, judgement, verdicts))
                .switchIfEmpty(Mono.error(() -> new SideCalls.Failed("an empty answer")))
                .onErrorResume(SideCalls.Failed.class, failure -> {
                    verdicts.failed(control, failure.getMessage());
                    return Mono.empty();
                })
                .then();
    }

    private static ObjectNode question(ModeratorConfig moderator, List<Said> said) {
        ObjectNode question = Json.object();
        moderator.model().ifPresent(model -> question.put("model", model));
        ArrayNode input = question.putArray("input");
        said.forEach(it -> input.add(it.text()));
        return question;
    }

    private static void take(Control control, List<Said> said, Judgement judgement, Verdicts verdicts) {
        verdicts.ran(control);
        for (int i = 0; i < said.size(); i++) {
            Said one = said.get(i);
            for (String category : judgement.categories().get(i)) {
                Match match = Match.of(category, 0, one.text().length());
                verdicts.found(new Finding(control, match, control.action(TextKind.MESSAGE)), one.at(), one.offset());
            }
        }
    }
}
