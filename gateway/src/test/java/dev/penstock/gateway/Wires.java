package dev.penstock.gateway;

import dev.penstock.testing.RawClient;
import dev.penstock.testing.RawEvent;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.util.ArrayList;
import java.util.List;

/** Small pieces of OpenAI's wire, and the sections of routes.yml that lead to a scripted upstream. */
final class Wires {

    static final String ASK = "{\"model\":\"default\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    static final String ASK_STREAM =
            "{\"model\":\"default\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    static final String ANSWER =
            "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"up-1\",\"choices\":[{\"index\":0,"
                    + "\"message\":{\"role\":\"assistant\",\"content\":\"Hello\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}}";

    private Wires() {}

    static String delta(String text) {
        return chunk("{\"content\":\"" + text + "\"}", "null");
    }

    static String finish() {
        return chunk("{}", "\"stop\"");
    }

    static String role() {
        return chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null");
    }

    private static String chunk(String delta, String finish) {
        return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"up-1\",\"choices\":[{\"index\":0,\"delta\":"
                + delta + ",\"finish_reason\":" + finish + "}]}";
    }

    /** A stream that begins well. */
    static Script begun() {
        return Script.stream().sse(role()).sse(delta("Hel")).sse(delta("lo"));
    }

    static Script wholeStream() {
        return begun().sse(finish()).done();
    }

    /** Two scripted providers, tried one after the other, no further tries. */
    static String twoProviders(ScriptedUpstream first, ScriptedUpstream second) {
        return "providers:\n" + provider("first", first, "") + provider("second", second, "")
                + "models:\n  default:\n    targets:\n      - { provider: first, model: m1, priority: 1 }\n"
                + "      - { provider: second, model: m2, priority: 2 }\n";
    }

    static String oneProvider(ScriptedUpstream upstream, String more) {
        return "providers:\n" + provider("first", upstream, more)
                + "models:\n  default:\n    targets: [ { provider: first, model: m1 } ]\n";
    }

    static String provider(String name, ScriptedUpstream upstream, String more) {
        return "  " + name + ":\n    dialect: openai\n    base-url: " + upstream.uri("/v1")
                + "\n    allow-private: true\n" + "    keys: [ { id: main, value: upk-" + name
                + " } ]\n    retry: { attempts: 0 }\n" + more;
    }

    /** The events to the end of the stream, comments left out. */
    static List<String> events(RawClient client) {
        List<String> events = new ArrayList<>();
        for (RawEvent event = client.event(); event != null; event = client.event()) {
            if (!event.data().isEmpty()) {
                events.add(event.data());
            }
        }
        return events;
    }
}
