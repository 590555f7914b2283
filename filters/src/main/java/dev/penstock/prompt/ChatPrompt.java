package dev.penstock.prompt;

import dev.penstock.core.Asked;
import dev.penstock.core.ChatRequest.Sampling;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Part;
import dev.penstock.core.Turn;
import dev.penstock.prompt.kind.Kinds;
import dev.penstock.prompt.kind.PromptVersion;
import dev.penstock.prompt.kind.StoredPrompt;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chat request that uses a stored prompt: {@code "prompt": {"id", "version", "variables"}}. The prompt's turns come before the
 * caller's own messages, and {@code prompt} goes.
 */
final class ChatPrompt {

    private static final String FIELD = "prompt";
    private static final Set<String> MEMBERS = Set.of("id", "version", "variables");

    /** They belong to content requests, where the caller has no other place for them. */
    private static final List<String> NOT_VARIABLES = List.of("model", "prompt_version");

    private final Asked asked;
    private final StoredPrompt prompt;
    private final PromptVersion version;
    private final ObjectNode input;

    private ChatPrompt(Asked asked, StoredPrompt prompt, PromptVersion version, ObjectNode input) {
        this.asked = asked;
        this.prompt = prompt;
        this.version = version;
        this.input = input;
    }

    /** A text in its place is some other API's, and nobody's business here. */
    static boolean isIn(Asked asked) {
        return asked.body().path(FIELD).isObject();
    }

    /** @throws GatewayException naming what is wrong with it, and what is known instead */
    static ChatPrompt of(Asked asked, Kinds kinds) {
        JsonNode named = asked.body().path(FIELD);
        for (String member : named.propertyNames()) {
            if (!MEMBERS.contains(member)) {
                throw GatewayException.invalid(FIELD + "." + member, "is unknown", "id, version or variables");
            }
        }
        StoredPrompt prompt = kinds.prompt(text(named, "id"), FIELD + ".id");
        String version = named.has("version") ? text(named, "version") : "";
        return new ChatPrompt(
                asked,
                prompt,
                prompt.version(version.matches("[0-9]+") ? "v" + version : version, FIELD + ".version"),
                prompt.input(variables(named)));
    }

    private static String text(JsonNode named, String member) {
        if (named.path(member).isString()) {
            return named.path(member).stringValue();
        }
        throw GatewayException.invalid(
                FIELD + "." + member, named.has(member) ? "is not a text" : "is missing", "a string");
    }

    private static ObjectNode variables(JsonNode named) {
        if (!named.has("variables")) {
            return Json.object();
        }
        if (!(named.path("variables") instanceof ObjectNode variables)) {
            throw GatewayException.invalid(FIELD + ".variables", "is not an object", "an object");
        }
        for (String field : NOT_VARIABLES) {
            if (variables.has(field)) {
                throw GatewayException.invalid(
                        FIELD + ".variables." + field, "is no variable", "model and prompt.version beside it");
            }
        }
        return variables;
    }

    StoredPrompt prompt() {
        return prompt;
    }

    PromptVersion version() {
        return version;
    }

    /** The request as if the caller had written the prompt itself; what it asks for itself outweighs what the prompt says. */
    Asked rendered() {
        ObjectNode body = Json.object();
        asked.body().properties().forEach(member -> body.set(member.getKey(), member.getValue()));
        body.remove(FIELD);
        ArrayNode messages = body.putArray("messages");
        prompt.turns(version, input).forEach(turn -> add(turn, messages));
        asked.body().path("messages").forEach(messages::add);
        sampling(prompt.sampling(), body);
        return asked.with(body);
    }

    private static void sampling(Sampling sampling, ObjectNode body) {
        if (sampling.temperature() != null && !body.hasNonNull("temperature")) {
            body.put("temperature", sampling.temperature());
        }
        if (sampling.maxTokens() != null
                && !body.hasNonNull("max_tokens")
                && !body.hasNonNull("max_completion_tokens")) {
            body.put("max_completion_tokens", sampling.maxTokens());
        }
    }

    private static void add(Turn turn, ArrayNode to) {
        StringBuilder text = new StringBuilder();
        turn.parts().forEach(part -> text.append(part instanceof Part.Text it ? it.text() : ""));
        to.addObject().put("role", turn.role().name().toLowerCase(Locale.ROOT)).put("content", text.toString());
    }

    /** The same as messages, for {@code prompt render}. */
    static ArrayNode messages(List<Turn> turns) {
        ArrayNode messages = Json.object().putArray("messages");
        turns.forEach(turn -> add(turn, messages));
        return messages;
    }
}
