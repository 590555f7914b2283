package dev.penstock.audit;

import dev.penstock.core.Asked;
import dev.penstock.core.Caller;
import dev.penstock.core.Json;
import dev.penstock.core.Weight;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Who asked for what, as every record of a call says it. */
final class Subject {

    private static final String[] PARAMETERS = {
        "temperature", "top_p", "max_tokens", "max_completion_tokens", "n", "seed", "reasoning_effort", "service_tier"
    };

    /** A caller's tool names are theirs to choose; a record holds so many of them. */
    private static final int MOST_TOOLS = 64;

    private final Hmac hmac;

    Subject(Hmac hmac) {
        this.hmac = hmac;
    }

    ObjectNode who(LlmExchange exchange) {
        ObjectNode who = Json.object();
        exchange.find(Fact.CALLER).ifPresent(caller -> caller(caller, who));
        InetSocketAddress remote = exchange.request().getRemoteAddress();
        if (remote != null && remote.getAddress() != null) {
            who.put("ip", remote.getAddress().getHostAddress());
        }
        exchange.find(Fact.ASKED).ifPresent(asked -> user(Json.string(asked.body(), "user"), who));
        return who;
    }

    private static void caller(Caller caller, ObjectNode who) {
        who.put("service", caller.service());
        who.put("team", caller.team());
        who.put("key", caller.keyId());
    }

    private void user(String user, ObjectNode who) {
        if (!user.isEmpty()) {
            who.put("user_hmac", hmac.of(user.getBytes(StandardCharsets.UTF_8)));
        }
    }

    ObjectNode what(LlmExchange exchange) {
        ObjectNode what = Json.object();
        what.put("surface", exchange.surface().name());
        what.put("route", exchange.routeId());
        what.put("config", exchange.settings().hash());
        exchange.find(Fact.BODY).ifPresent(body -> what.put("bytes", body.length));
        exchange.find(Fact.ASKED).ifPresent(asked -> asked(asked, what));
        exchange.find(Fact.PROMPTED).ifPresent(prompted -> weight(prompted.weight(), what));
        return what;
    }

    private static void asked(Asked asked, ObjectNode what) {
        what.put("model", asked.model());
        what.put("stream", asked.stream());
        parameters(asked.body(), what);
        JsonNode tools = asked.body().path("tools");
        if (tools.isArray() && !tools.isEmpty()) {
            ArrayNode names = what.putArray("tools");
            for (int i = 0; i < Math.min(tools.size(), MOST_TOOLS); i++) {
                JsonNode tool = tools.get(i);
                names.add(Json.string(tool.path("function"), "name") + Json.string(tool, "name"));
            }
        }
    }

    /** Numbers and words of a closed list only: nothing in which a caller could put a text. */
    private static void parameters(ObjectNode body, ObjectNode what) {
        ObjectNode found = null;
        for (String name : PARAMETERS) {
            JsonNode value = body.get(name);
            if (value != null
                    && (value.isNumber()
                            || value.isString() && value.stringValue().length() <= 16)) {
                found = found == null ? what.putObject("parameters") : found;
                found.set(name, value);
            }
        }
    }

    private static void weight(Weight weight, ObjectNode what) {
        what.put("messages", weight.turns());
        what.put("text_bytes", weight.textBytes());
        if (weight.images() > 0) {
            what.put("images", weight.images());
        }
    }
}
