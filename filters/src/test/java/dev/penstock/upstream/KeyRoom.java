package dev.penstock.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.core.Json;
import dev.penstock.credential.Credential;
import dev.penstock.exchange.KnownSecrets;
import dev.penstock.exchange.SecurityEvent;
import dev.penstock.provider.anthropic.AnthropicDialect;
import dev.penstock.provider.openai.OpenAiDialect;
import dev.penstock.routes.bind.Binder;
import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.TreeReader;
import dev.penstock.store.register.Registers;
import dev.penstock.testing.Exchange;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One provider, {@code first}, over the network, with all that its keys need and without a gateway. */
final class KeyRoom implements AutoCloseable {

    private static final String ANSWER =
            "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":"
                    + "{\"role\":\"assistant\",\"content\":\"H\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"length\"}],"
                    + "\"usage\":{\"prompt_tokens\":8,\"completion_tokens\":1,\"total_tokens\":9}}";

    /** Keys that the provider knows. */
    final Set<String> good = ConcurrentHashMap.newKeySet();

    /** What the list of models is answered with; 0 for a true one by key. */
    volatile int list;

    /** What the list of models is answered with without a key, where a key gets it; 0 for a true one, -1 for none at all. */
    volatile int keyless;

    final List<ObjectNode> records = new CopyOnWriteArrayList<>();
    final List<SecurityEvent> events = new CopyOnWriteArrayList<>();
    final ScriptedUpstream upstream = ScriptedUpstream.start().answering(this::answer);
    final Time time = Time.system();
    final Providers providers;
    final Probe probe = new Probe(this::record, time);
    final ProviderKeys keys;
    final ProviderDesk desk;

    /** Other instances write here too. */
    final AwayRegister register;

    private final Registers registers;
    private UpstreamSettings settings =
            new UpstreamSettings(Map.of(), Map.of(), (one, two) -> OptionalLong.empty(), Map.of());

    KeyRoom(Path data) {
        registers = Registers.in(data);
        register = new AwayRegister(registers.named("provider-keys"));
        providers = new Providers(
                new Dialects(List.of(new OpenAiDialect(), new AnthropicDialect(Clock.systemUTC()))),
                new Breakers(time, null),
                new Hearsay(null, time),
                time);
        Secrets secrets = new Secrets(name -> null);
        keys = new ProviderKeys(register, secrets, new KeyChanges(probe, time), events::add, new KnownSecrets());
        providers.followedBy(keys::serve);
        desk = new ProviderDesk(
                register, keys, probe, new BreakerHand(registers.named("breakers")), new HealthChecks(time, null));
    }

    private CompletableFuture<?> record(String type, ObjectNode fields) {
        records.add(fields.deepCopy());
        return CompletableFuture.completedFuture(null);
    }

    private Script answer(Exchange asked) {
        boolean knows =
                good.contains(String.valueOf(asked.header("authorization")).replace("Bearer ", ""));
        if (asked.method().equals("GET") && asked.header("authorization") == null && keyless != 0) {
            return keyless < 0 ? Script.empty().reset() : Script.json(keyless, "{\"object\":\"list\",\"data\":[]}");
        }
        if (asked.method().equals("GET") && list != 0) {
            return Script.json(list, "{\"object\":\"list\",\"data\":[]}");
        }
        String body = asked.method().equals("GET") ? "{\"object\":\"list\",\"data\":[]}" : ANSWER;
        return knows
                ? Script.json(body)
                : Script.json(401, "{\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\",\"code\":null}}");
    }

    /**
     * In force from now on, as after a change of routes.yml.
     *
     * @param keys the list, as routes.yml has it
     * @param more lines
     */
    Provider serve(String keys, String... more) {
        String yaml = "dialect: openai\nallow-private: true\nbase-url: " + upstream.uri("/v1") + "\nkeys: " + keys
                + "\n" + String.join("\n", more);
        Problems problems = new Problems();
        ProviderConfig config = new TreeReader("provider.yml", name -> null, problems)
                .read(yaml.getBytes(UTF_8))
                .flatMap(tree -> new Binder(problems).bind(tree, ProviderConfig.class))
                .orElseThrow();
        settings =
                new UpstreamSettings(Map.of("first", config), Map.of(), settings.windows(), Map.of("first", "cheap"));
        probe.serve(settings.probes());
        providers.start(settings);
        return this.keys.provider("first").orElseThrow();
    }

    UpstreamSettings settings() {
        return settings;
    }

    Provider serveKey(String id, String key) {
        return serve("[ { id: " + id + ", value: " + key + " } ]");
    }

    /** Looks until it is so. */
    void until(BooleanSupplier wanted) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!wanted.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("did not happen; " + view());
            }
            keys.tick();
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    /** The first key that administrators see. */
    JsonNode view() {
        return desk.all(settings).path("providers").path(0).path("keys").path(0);
    }

    List<String> active() {
        return keys.provider("first").orElseThrow().keys().active().stream()
                .map(key -> key.id() + " " + key.secret())
                .toList();
    }

    /** What the register says of a key. */
    JsonNode document(String id) {
        ObjectNode document = register.all().get("first/" + id);
        return document == null ? Json.object() : document;
    }

    /** The provider refuses a key for a request that it is used for. */
    static void refuse(Provider provider, Credential key) {
        provider.keys().leaves(key);
        provider.keys().back(key, true);
    }

    List<JsonNode> calls() {
        return upstream.ledger().exchanges().stream()
                .filter(asked -> asked.method().equals("POST"))
                .map(asked -> (JsonNode) Json.LENIENT_DEPTH.read(asked.text().getBytes(UTF_8)))
                .toList();
    }

    @Override
    public void close() {
        keys.close();
        registers.close();
        upstream.close();
    }
}
