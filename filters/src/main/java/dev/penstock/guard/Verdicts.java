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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The verdicts of all controls of one phase of a call, for its records. Thread-safe: a stream may go on while somebody is asked. */
final class Verdicts {

    /** The words of dialects for parts that are no text; any other word is the caller's own, and no record may hold that. */
    private static final Set<String> PARTS =
            Set.of("image_url", "input_image", "image", "input_audio", "audio", "file", "document", "part", "member");

    private final LlmExchange exchange;
    private final Phase phase;
    private final GuardEvents events;
    private final Roster roster;
    private boolean ran;
    private String skipped = "";

    /** Made when there is something to tell of one of them alone, which is not the usual case. */
    private @Nullable Map<Control, Verdict> each;

    private @Nullable Map<String, Integer> unread;

    Verdicts(LlmExchange exchange, Phase phase, Roster roster, GuardEvents events) {
        this.exchange = exchange;
        this.phase = phase;
        this.events = events;
        this.roster = roster;
    }

    private Map<Control, Verdict> each() {
        Map<Control, Verdict> known = each;
        if (known == null) {
            known = new LinkedHashMap<>(4);
            for (Control control : roster.controls()) {
                known.put(control, new Verdict(control));
            }
            each = known;
        }
        return known;
    }

    private Verdict of(Control control) {
        return each().get(control);
    }

    /** All but those that ask somebody else: they have an answer to wait for. */
    synchronized void ran() {
        ran = true;
    }

    synchronized void ran(Control control) {
        of(control).ran();
    }

    /** {@code why} goes into records. */
    synchronized void failed(Control control, String why) {
        of(control).failed(why);
    }

    synchronized void skipped(Control control, String why) {
        of(control).skipped(why);
    }

    /** Those that do not run. */
    synchronized void skipped(String why) {
        skipped = why;
    }

    /** {@code offset} is where the text of the finding begins in the text that {@code at} names. */
    synchronized void found(Finding finding, String at, int offset) {
        of(finding.control()).found(finding, at, offset);
        events.found(exchange, finding, phase);
    }

    synchronized void broken(Control control, RuntimeException failure) {
        Verdict verdict = of(control);
        if (!verdict.hasFailed()) {
            verdict.failed(failure.getClass().getSimpleName());
            events.failed(exchange, control, phase, failure);
        }
    }

    /** A text that no control can read: a failure of all of them. */
    synchronized void unreadable(String at) {
        each().values().forEach(verdict -> verdict.failed("'" + at + "' cannot be read as a text"));
    }

    /** Something that is no text, which no control looks into. */
    synchronized void other(String what) {
        unread = unread == null ? new TreeMap<>() : unread;
        unread.merge(PARTS.contains(what) ? what : "unknown", 1, Integer::sum);
    }

    /** Puts them on the trail as they are now. */
    synchronized void tell() {
        boolean usual = each == null && unread == null;
        ObjectNode decision = usual ? roster.decision(ran, skipped) : decision();
        exchange.trail().decided(phase == Phase.INPUT ? Step.GUARD_INPUT : Step.GUARD_OUTPUT, decision);
    }

    private ObjectNode decision() {
        ObjectNode decision = Json.object();
        ArrayNode controls = decision.putArray("controls");
        each().values().forEach(verdict -> controls.add(verdict.json(ran, skipped)));
        if (unread != null) {
            unread.forEach(decision.putObject("not_text")::put);
        }
        return decision;
    }

    /** @throws GatewayException when one of them says so; names the rule, never the text */
    synchronized void enforce() {
        if (each == null) {
            return;
        }
        for (Verdict verdict : each.values()) {
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
