package dev.penstock.gateway;

import dev.penstock.core.Json;
import dev.penstock.testing.Exchange;
import dev.penstock.testing.Script;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words that must not be told, a routes.yml that holds the secret ones, and an upstream that echoes all it knows. */
final class Canary {

    static final String PROVIDER_KEY = "upcanary5q8Zk3";
    static final String CALLER_KEY = "callcanary7wT2x";
    static final String PROMPT = "promptcanary4hJ9";
    static final String ANSWER = "answercanary1mL6";

    private static final Pattern ANY = Pattern.compile("(?i)(up|call|prompt|answer)canary\\w*");

    private static final String ECHO = "Key " + PROVIDER_KEY + " is wrong for '" + PROMPT + "'";

    private static final String UPSTREAM = """
              %1$s:
                dialect: %2$s
                base-url: %3$s
                allow-private: true
                keys: [ { id: main, value: %4$s } ]
                retry: { attempts: 0 }
                timeout: { connect: 2s, first-byte: 10s, idle: 1s, total: 20s }
                breaker: { minimum: 1000, window: 1000 }
            """;

    private static final String REST = """
            models:
              default: { targets: [ { provider: openai, model: text } ] }
            services:
              test: { keys: [ { id: test, value: %1$s } ], guardrails: [ canaries ] }
              narrow: { keys: [ { id: narrow, value: %1$sN } ], models: [ default ] }
            guardrails:
              canaries: [ { rule: words, action: flag, words: [ %2$s, %3$s ] }, { rule: secrets, action: flag } ]
            routes:
              - { id: chat, uri: "llm://any", predicates: [ "Path=/v1/chat/completions" ], filters: [ ParseChat ] }
              - { id: content, uri: "llm://default", predicates: [ "Path=/v1/content/{kind}" ], filters: [ ParseContent, FitSchema ] }
            default-filters: [ WriteAnswer, Telemetry, Audit, Admit, Authenticate, AssignVariant, RenderPrompt, RateLimit, GuardInput, GuardOutput, SelectUpstream, Budget, MeterUsage, CallUpstream ]
            """;

    private Canary() {}

    /** Every pool of keys that a test puts to rest is a provider of its own. */
    static String routes(String baseUrl) {
        StringBuilder yaml = new StringBuilder("providers:\n");
        for (String name : List.of("openai", "refused", "throttled", "streamed")) {
            yaml.append(UPSTREAM.formatted(name, "openai", baseUrl, PROVIDER_KEY));
        }
        yaml.append(UPSTREAM.formatted("anthropic", "anthropic", baseUrl, PROVIDER_KEY));
        return yaml.append(REST.formatted(CALLER_KEY, PROMPT, ANSWER)).toString();
    }

    /** The words that are found, without the one that is allowed. */
    static List<String> in(String text, String... allowed) {
        Matcher found = ANY.matcher(text);
        return found.results()
                .map(it -> it.group())
                .filter(word -> List.of(allowed).stream().noneMatch(word::startsWith))
                .distinct()
                .toList();
    }

    /** The upstream model that is asked for says what happens. */
    static Script script(Exchange exchange) {
        String model = Json.string(Json.LENIENT_DEPTH.read(exchange.body()), "model");
        return switch (model) {
            case "text" -> answer(200, Wires.ANSWER.replace("Hello", ANSWER));
            case "stream" -> begun().sse(Wires.finish()).done();
            case "claude" -> answer(200, Recorded.text("anthropic/text.json").replace("Grüße", ANSWER));
            case "claude-stream" ->
                Recorded.events(Recorded.text("anthropic/text.sse")
                        .replace("Grüße", ANSWER)
                        .getBytes());
            case "cut" -> begun().flush().reset();
            case "stall" -> begun().flush().silence();
            case "error-event" -> begun().sse(error("server_error")).endChunks();
            case "error-event-first" ->
                Script.stream().sse(error("server_error")).endChunks();
            case "bad-event" -> begun().sse("{" + ECHO).endChunks();
            case "bad-json" -> answer(200, "{\"choices\":[" + ECHO);
            case "bad-shape" -> answer(200, "{\"said\":\"" + ECHO + "\"}");
            case "html" ->
                Script.answer(500).header("content-type", "text/html").body("<p>" + ECHO + "</p>");
            case "garbage" -> Script.empty().raw(ECHO + "\r\n\r\n").fin();
            case "bad-header" -> Script.answer(200).raw(ECHO + "\r\n").body("{}");
            default -> refusal(model);
        };
    }

    /** {@code 400}, {@code 400-everywhere}, {@code 401}, …. */
    private static Script refusal(String model) {
        int status = Integer.parseInt(model.substring(0, 3));
        String message = status == 400 ? "Key " + PROVIDER_KEY + " may not do that." : ECHO;
        String word = model.endsWith("everywhere") ? PROVIDER_KEY : "invalid_value";
        return answer(
                status,
                "{\"error\":{\"message\":\"" + message + "\",\"type\":\"" + word + "\",\"param\":\"" + word
                        + "\",\"code\":\"" + word + "\"}}");
    }

    private static Script begun() {
        return echoing(200, "text/event-stream")
                .chunked()
                .sse(Wires.role())
                .sse(Wires.delta(ANSWER))
                .sse(Wires.delta("!"));
    }

    private static String error(String type) {
        return "{\"error\":{\"message\":\"" + ECHO + "\",\"type\":\"" + type + "\",\"param\":null,\"code\":null}}";
    }

    private static Script answer(int status, String json) {
        return echoing(status, "application/json").body(json);
    }

    /** A provider that tells its key and the prompt in headers too. */
    private static Script echoing(int status, String type) {
        return Script.answer(status)
                .header("content-type", type)
                .header("x-echo", ECHO)
                .header("set-cookie", "key=" + PROVIDER_KEY)
                .header("openai-organization", PROVIDER_KEY)
                .header("x-request-id", PROVIDER_KEY);
    }

    /** The caller's headers, with its key in all places where one may stand by mistake. */
    static Map<String, String> headers(String key) {
        Map<String, String> headers = new HashMap<>();
        headers.put("authorization", "Bearer " + key);
        headers.put("cookie", "session=" + CALLER_KEY);
        headers.put("x-forwarded-authorization", CALLER_KEY);
        headers.put("x-penstock-tags", "a");
        headers.put("x-penstock-usage", "true");
        headers.put("openai-organization", CALLER_KEY);
        return headers;
    }

    static String ask(String model, String more) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"system\",\"content\":\"" + PROMPT
                + "\"},{\"role\":\"user\",\"content\":\"" + PROMPT + "\"}]" + more + "}";
    }

    /** Arguments of an application that writes its whole log, as far as Penstock's and Spring's DEBUG, into a file. */
    static String[] logging(Path file) {
        return new String[] {
            "--logging.file.name=" + file,
            "--logging.threshold.console=off",
            "--logging.level.root=debug",
            "--logging.level.penstock=trace",
            "--logging.level.dev.penstock=trace"
        };
    }
}
