package dev.penstock.guard;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Step;
import dev.penstock.guard.GuardrailConfig.OnError;
import dev.penstock.guard.GuardrailConfig.Phase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The verdicts of all controls of one phase of a call, for its records. Thread-safe: a stream may go on while somebody is asked. */
final class Verdicts {

    /** The words of dialects for parts that are no text; any other word is the caller's own, and no record may hold that. */
    private static final Set<String> PARTS =
            Set.of("image_url", "input_image", "image", "input_audio", "audio", "file", "document", "part");

    private final LlmExchange exchange;
    private final Phase phase;
    private final GuardEvents events;
    private final Map<Control, Verdict> all = new LinkedHashMap<>(4);
    private final Map<String, Integer> unread = new TreeMap<>();

    Verdicts(LlmExchange exchange, Phase phase, List<Control> controls, GuardEvents events) {
        this.exchange = exchange;
        this.phase = phase;
        this.events = events;
        controls.forEach(control -> all.put(control, new Verdict(control)));
    }

    /** All but those that ask somebody else: they have an answer to wait for. */
    synchronized void ran() {
        all.values().stream().filter(verdict -> !verdict.control().asks()).forEach(Verdict::ran);
    }

    synchronized void ran(Control control) {
        all.get(control).ran();
    }

    /** {@code why} goes into records. */
    synchronized void failed(Control control, String why) {
        all.get(control).failed(why);
    }

    synchronized void skipped(String why) {
        all.values().forEach(verdict -> verdict.skipped(why));
    }

    /** {@code offset} is where the text of the finding begins in the text that {@code at} names. */
    synchronized void found(Finding finding, String at, int offset) {
        all.get(finding.control()).found(finding, at, offset);
        events.found(exchange, finding, phase);
    }

    synchronized void broken(Control control, RuntimeException failure) {
        Verdict verdict = all.get(control);
        if (!verdict.hasFailed()) {
            verdict.failed(failure.getClass().getSimpleName());
            events.failed(exchange, control, phase, failure);
        }
    }

    /** A text that no control can read: a failure of all of them. */
    synchronized void unreadable(String at) {
        all.values().forEach(verdict -> verdict.failed("'" + at + "' cannot be read as a text"));
    }

    /** Something that is no text, which no control looks into. */
    synchronized void other(String what) {
        unread.merge(PARTS.contains(what) ? what : "unknown", 1, Integer::sum);
    }

    /** Puts them on the trail as they are now. */
    synchronized void tell() {
        ObjectNode decision = Json.object();
        ArrayNode controls = decision.putArray("controls");
        all.values().forEach(verdict -> controls.add(verdict.json()));
        if (!unread.isEmpty()) {
            unread.forEach(decision.putObject("not_text")::put);
        }
        exchange.trail().decided(phase == Phase.INPUT ? Step.GUARD_INPUT : Step.GUARD_OUTPUT, decision);
    }

    /** @throws GatewayException when one of them says so; names the rule, never the text */
    synchronized void enforce() {
        for (Verdict verdict : all.values()) {
            String type = verdict.blocked();
            if (type != null) {
                throw refusal(verdict.control(), "Guardrail '%s', rule '%s', does not allow this%s (%s).", type);
            }
            if (verdict.hasFailed() && verdict.control().config().onError() == OnError.CLOSED) {
                throw refusal(
                        verdict.control(),
                        "Guardrail '%s', rule '%s', could not be run on this%s (%s), so it is refused.",
                        "on-error: closed");
            }
        }
    }

    private GatewayException refusal(Control control, String sentence, String why) {
        boolean input = phase == Phase.INPUT;
        String rule = control.config().rule().wire();
        String what = input ? " request" : " answer";
        Told told = Told.of(sentence.formatted(control.guardrail(), rule, what, why))
                .with("guardrail", control.guardrail())
                .with("rule", rule);
        return new GatewayException(input ? ErrorCode.PROMPT_BLOCKED : ErrorCode.ANSWER_BLOCKED, told);
    }
}
