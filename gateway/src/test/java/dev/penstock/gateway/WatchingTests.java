package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.store.RealRedis;
import dev.penstock.telemetry.Label;
import dev.penstock.telemetry.Metric;
import dev.penstock.testing.Folders;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;

/** What dashboards and alerts ask for is there: on the gateway's own page for Prometheus, after a bit of everything. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WatchingTests {

    private static final Path WATCHING = RunningGateway.root().resolve("observability");
    private static final Pattern NAME = Pattern.compile("\\b(?:penstock|gen_ai)_\\w+");
    private static final Pattern GROUPED = Pattern.compile("\\b(?:by|on|without) \\(([^)]*)\\)");
    private static final Pattern MATCHED = Pattern.compile("[{,]\\s*(\\w+)\\s*(?:=|!=|=~|!~)\"");

    /** Made by Prometheus, or common to all meters. */
    private static final Set<String> EVERYWHERE = Set.of("le", "instance", "environment");

    private final Map<String, Set<String>> told = new TreeMap<>();

    @BeforeAll
    void aBitOfEverything() throws Exception {
        Path prompts = copied(RunningGateway.root().resolve("prompts"));
        try (ScriptedUpstream first = ScriptedUpstream.start().answering(asked -> answer(asked.text()));
                ScriptedUpstream second = ScriptedUpstream.start().answering(asked -> Script.json(500, "{}"));
                ScriptedUpstream pager = ScriptedUpstream.start().answering(asked -> Script.json("{}"));
                RealRedis redis = new RealRedis()) {
            redis.start();
            Path folder = Folders.make("penstock-watching");
            Path routes = RunningGateway.write(folder, yaml(first, second, pager));
            Files.writeString(
                    routes,
                    Files.readString(routes).replace("tests: {}", "tests: { guardrails: [ all ] }")
                            + "guardrails: { all: [ { rule: pii, types: [ email ], phase: input, action: flag } ] }\n");
            try (RunningGateway gateway = RunningGateway.ofFile(
                    routes,
                    "--penstock.prompts=" + prompts,
                    "--penstock.store=redis",
                    "--spring.data.redis.port=" + redis.port())) {
                load(gateway);
                Files.writeString(routes, Files.readString(routes) + "stream: { heartbeat: 16s }\n");
                until(gateway, "penstock_config_reloads_total");
                Files.writeString(routes, Files.readString(routes) + "nonsense: 1\n");
                until(gateway, "penstock_config_refused_total");
                Files.createDirectory(prompts.resolve("broken"));
                until(gateway, "penstock_prompts_refused_total");
                until(gateway, "penstock_shadow_calls_total");
                until(gateway, "penstock_alerts_total");
                until(gateway, "penstock_health_checks_total");
                read(page(gateway));
            }
        }
    }

    private static Script answer(String asked) {
        if (asked.contains("\"stream\":true")) {
            return Wires.wholeStream();
        }
        // far more than its cap: beyond what was held, and past a soft mark
        return Script.json(Wires.ANSWER.replace("\"completion_tokens\":2", "\"completion_tokens\":400000"));
    }

    private static String yaml(ScriptedUpstream first, ScriptedUpstream second, ScriptedUpstream pager) {
        String breaker = "    breaker: { failure-rate: 50, window: 2, minimum: 2, open-for: 1h }\n"
                + "    limits: [ { requests: 4, per: 1h } ]\n";
        return "providers:\n" + Wires.provider("first", first, "") + Wires.provider("second", second, breaker)
                + """
                  mock: { dialect: mock, latency: 1ms }
                models:
                  default:
                    shadow: { to: mock/marketer, share: 100 }
                    targets: [ { provider: first, model: m1 } ]
                  large: { targets: [ { provider: mock, model: large } ] }
                  broken: { targets: [ { provider: second, model: m1 } ] }
                  limited: { targets: [ { provider: third, model: m1 } ] }
                experiments:
                  size: { model: default, arms: [ { model: default, weight: 99 }, { model: large, weight: 1 } ], sticky-by: user }
                global: { budget: { daily: 1 USD } }
                prices:
                  overrides:
                    "first/m1": { input: 1, output: 2 }
                    "second/m1": { input: 1, output: 2 }
                    "third/m1": { input: 1, output: 2 }
                """.replace(
                                "  mock: {",
                                Wires.provider(
                                                "third",
                                                first,
                                                "    limits: [ { requests: 1, per: 1h } ]\n    health-check: { every: 1s, by: connect }\n")
                                        + "  mock: {")
                + "alerts: { webhook: \"" + pager.uri("/hook") + "\" }\n"
                + "audit: { shippers: [ { type: webhook, url: \"" + pager.uri("/records")
                + "\", allow-private: true } ] }\n";
    }

    private static void load(RunningGateway gateway) {
        Map<String, String> user = new HashMap<>(RunningGateway.CALLER);
        user.put("x-penstock-tags", "user=u1");
        ask(gateway, user, Wires.ASK_STREAM);
        ask(gateway, user, Wires.ASK);
        ask(gateway, user, Wires.ASK.replace("default", "large").replace("\"Hi\"", "\"to jo@example.com\""));
        for (String model : List.of("broken", "broken", "broken", "limited", "limited", "nope")) {
            ask(gateway, user, Wires.ASK.replace("default", model));
        }
    }

    private static void ask(RunningGateway gateway, Map<String, String> headers, String body) {
        try (RawClient client = gateway.client().post("/v1/chat/completions", headers, body)) {
            client.answer();
            client.text();
        }
    }

    private static Path copied(Path from) throws IOException {
        Path to = Folders.make("penstock-prompts");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return to;
    }

    private static String page(RunningGateway gateway) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(gateway.admin("/actuator/prometheus")).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private static void until(RunningGateway gateway, String name) throws IOException, InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!page(gateway).contains(name)) {
            assertThat(System.nanoTime()).as("no %s within 30 s", name).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private void read(String page) {
        page.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Matcher name = Pattern.compile("^(\\w+)(\\{.*})?").matcher(line);
            if (name.find()) {
                Set<String> labels = told.computeIfAbsent(name.group(1), ignored -> new TreeSet<>());
                Pattern.compile("(\\w+)=\"")
                        .matcher(line)
                        .results()
                        .map(it -> it.group(1))
                        .forEach(labels::add);
            }
        });
    }

    @Test
    void everyMeterOfTheCatalogueIsSeen() {
        for (Metric metric : Metric.values()) {
            String base = metric.meter().replace('.', '_');
            List<String> names = told.keySet().stream()
                    .filter(name -> name.matches(base + "(_usd|_bytes|_seconds)?(_total|_count)?"))
                    .toList();
            assertThat(names).as("%s on the page", metric.meter()).hasSize(1);
            assertThat(told.get(names.get(0)))
                    .as("labels of %s", metric.meter())
                    .containsAll(metric.labels().stream()
                            .map(Label::key)
                            .map(key -> key.replace('.', '_'))
                            .toList());
        }
    }

    @Test
    void dashboardsAskForWhatIsThere() throws IOException {
        try (Stream<Path> files = Files.list(WATCHING.resolve("dashboards"))) {
            List<Path> dashboards = files.toList();
            assertThat(dashboards).hasSizeGreaterThanOrEqualTo(4);
            for (Path dashboard : dashboards) {
                JsonNode tree = Json.LENIENT_DEPTH.read(Files.readAllBytes(dashboard));
                List<String> asked = tree.findValuesAsString("expr");
                assertThat(asked).as("%s", dashboard).hasSizeGreaterThan(4);
                asked.forEach(expression -> holds(dashboard + ": " + expression, expression, Set.of()));
            }
        }
    }

    @Test
    void alertsAskForWhatIsThereAndSayWhatToLookAt() throws IOException {
        List<Map<?, ?>> rules = rules();
        Set<String> recorded = rules.stream()
                .filter(rule -> rule.containsKey("record"))
                .map(rule -> rule.get("record").toString())
                .collect(Collectors.toSet());
        assertThat(recorded).isNotEmpty();
        for (Map<?, ?> rule : rules) {
            String expression = rule.get("expr").toString();
            holds(rule + "", expression, recorded);
            if (rule.containsKey("alert")) {
                Map<?, ?> annotations = (Map<?, ?>) rule.get("annotations");
                assertThat(annotations.get("runbook").toString()).as("%s", rule).hasSizeGreaterThan(40);
                assertThat(annotations.get("summary").toString()).as("%s", rule).isNotBlank();
            }
        }
    }

    static boolean hasPromtool() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
    }

    @Test
    @EnabledIf("hasPromtool")
    void alertsDoWhatTheirTestsSay() throws IOException, InterruptedException {
        Process promtool = new ProcessBuilder("promtool", "test", "rules", "penstock_test.yml")
                .directory(WATCHING.resolve("alerts").toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes());
        assertThat(promtool.waitFor()).as(said).isZero();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<?, ?>> rules() throws IOException {
        String text = Files.readString(WATCHING.resolve("alerts/penstock.yml"));
        Map<String, Object> file =
                (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(text);
        List<Map<?, ?>> rules = new ArrayList<>();
        ((List<Map<String, Object>>) file.get("groups"))
                .forEach(group -> rules.addAll((List<Map<?, ?>>) group.get("rules")));
        return rules;
    }

    /** Names that the page has, and labels that these names have there. */
    private void holds(String where, String expression, Set<String> recorded) {
        List<String> names =
                NAME.matcher(expression).results().map(MatchResult::group).toList();
        boolean known = !names.isEmpty() || recorded.stream().anyMatch(expression::contains);
        assertThat(known).as(where).isTrue();
        Set<String> labels = new TreeSet<>(EVERYWHERE);
        names.forEach(name -> {
            assertThat(told).as(where).containsKey(name);
            labels.addAll(told.get(name));
        });
        Stream.concat(
                        GROUPED.matcher(expression)
                                .results()
                                .flatMap(it -> Stream.of(it.group(1).split(","))),
                        MATCHED.matcher(expression).results().map(it -> it.group(1)))
                .map(String::strip)
                .forEach(label -> assertThat(labels).as(where).contains(label));
    }
}
