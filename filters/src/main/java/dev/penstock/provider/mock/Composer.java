package dev.penstock.provider.mock;

import dev.penstock.core.Json;
import dev.penstock.provider.mock.draft.Drafts;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** Decides what one choice says. */
final class Composer implements ToolUse.Arguments {

    private static final String REFUSAL =
            "I'm sorry, but I can't help with that. (Penstock's mock was told to refuse.)";
    private static final int RESULT_LENGTH = 300;
    private static final int DRAFT_STEPS = 5_000;

    private final Asking asking;
    private final int index;
    private final Subject subject;
    private final RandomGenerator random;

    /** {@code index} is the choice's: choices differ. */
    Composer(Asking asking, int index) {
        this.asking = asking;
        this.index = index;
        this.subject = Subject.of(asking.last("user"));
        this.random = new SplittableRandom(asking.seed() + index);
    }

    /** The reply, with the request's stop sequences and cap applied. */
    Reply reply(Behaviour behaviour) {
        Reply whole = whole(behaviour).stoppedAt(asking.stops());
        Reply reply = whole.capped(asking.cap());
        return behaviour == Behaviour.LENGTH ? reply.capped((int) Math.max(1, reply.tokens() / 2)) : reply;
    }

    @Override
    public String fitting(JsonNode schema) {
        JsonNode value = schema.isObject() ? new SchemaValue(schema, subject, random).value() : Json.object();
        return Json.LENIENT_DEPTH.text(value);
    }

    @Override
    public String words() {
        return subject.topic();
    }

    private Reply whole(Behaviour behaviour) {
        if (behaviour == Behaviour.REFUSAL) {
            return Reply.saying(Reply.Kind.REFUSAL, REFUSAL);
        }
        ToolUse tools = new ToolUse(asking, this);
        List<Reply.Call> calls = behaviour == Behaviour.TOOL_CALL ? tools.first() : tools.calls();
        return calls.isEmpty() ? Reply.saying(Reply.Kind.CONTENT, text()) : Reply.calling(calls);
    }

    private String text() {
        return switch (asking.format()) {
            case "json_schema" -> draft().orElseGet(() -> fitting(asking.schema()));
            case "json_object" -> new AskedKeys(subject, random).object(asking.system() + "\n" + subject.text());
            default -> words(asking.system());
        };
    }

    /** What is written for a shipped content kind, if it fits the schema that was asked for. */
    private Optional<String> draft() {
        JsonNode schema = asking.schema();
        Allowance allowance = new Allowance(DRAFT_STEPS);
        SchemaFits fits = new SchemaFits(new SchemaFlat(schema, allowance), allowance);
        return Drafts.of(asking.schemaName(), subject.text(), asking.seed() + index)
                .filter(draft -> fits.of(draft, schema))
                .map(Json.LENIENT_DEPTH::text);
    }

    private String words(String system) {
        if (asking.lastRole().equals("tool")) {
            return "According to " + calledTool() + ": "
                    + Fit.most(asking.last("tool").strip(), RESULT_LENGTH)
                    + ". That is all Penstock's mock knows about it.";
        }
        AskedKeys keys = new AskedKeys(subject, random);
        return keys.askedBy(system) ? keys.object(system) : Prose.answer(subject.topic(), random);
    }

    private String calledTool() {
        String name = "the tool";
        for (JsonNode message : asking.messages()) {
            for (JsonNode call : message.path("tool_calls")) {
                name = Json.string(call.path("function"), "name");
            }
        }
        return name;
    }
}
