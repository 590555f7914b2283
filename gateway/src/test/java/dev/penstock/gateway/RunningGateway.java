package dev.penstock.gateway;

import dev.penstock.journal.DataDirectory;
import dev.penstock.journal.segment.Disk;
import dev.penstock.store.RealRedis;
import dev.penstock.testing.Folders;
import dev.penstock.testing.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

/** The application on free ports with a routes.yml of the test's own. */
final class RunningGateway implements AutoCloseable {

    static final String KEY = "psk_test";
    static final Map<String, String> CALLER = Map.of("authorization", "Bearer " + KEY);

    /** All of this JVM: they share their event loops, and the first that is closed ends these. */
    private static final Set<RunningGateway> OPEN = ConcurrentHashMap.newKeySet();

    private final ConfigurableApplicationContext context;
    private final List<Integer> ports;

    private RunningGateway(ConfigurableApplicationContext context, List<Integer> ports) {
        this.context = context;
        this.ports = ports;
        OPEN.add(this);
    }

    /** {@code providersAndModels} are the sections of those names; callers and routes are added. */
    static RunningGateway with(String providersAndModels, String... arguments) {
        return ofFile(write(providersAndModels + REST), arguments);
    }

    /** The same, with {@code limits} as a YAML list at the test's own service. */
    static RunningGateway limited(String limits, String providersAndModels) {
        return ofFile(write(providersAndModels + limited(limits)));
    }

    /** The same, with {@code controls} as a YAML list of a guardrail at the test's own service. */
    static RunningGateway guarded(String controls, String providersAndModels) {
        String rest = REST.replace("    team: tests\n", "    team: tests\n    guardrails: [ own ]\n");
        return ofFile(write(providersAndModels + "guardrails: { own: [ " + controls + " ] }\n" + rest));
    }

    static RunningGateway ofFile(Path routes, String... arguments) {
        return started(routes, List.of(), arguments);
    }

    /** With records on a disk of the test's own. */
    static RunningGateway on(Disk disk, String providersAndModels, String... arguments) {
        return beside(Disk.class, disk, providersAndModels, arguments);
    }

    /** With a bean of somebody else's beside ours. */
    static <T> RunningGateway beside(Class<T> type, T bean, String providersAndModels, String... arguments) {
        ApplicationContextInitializer<GenericApplicationContext> beans =
                context -> context.registerBean(type, () -> bean);
        return started(write(providersAndModels + REST), List.of(beans), arguments);
    }

    /** One of several on one Redis; {@code limits} as in {@link #limited}. */
    static RunningGateway sharing(RealRedis redis, String limits, String providersAndModels) {
        return ofFile(
                write(providersAndModels + limited(limits)),
                "--penstock.store=redis",
                // this machine may be busy, and what is counted without Redis is not exact
                "--penstock.redis.patience=3s",
                "--spring.data.redis.host=127.0.0.1",
                "--spring.data.redis.port=" + redis.port());
    }

    private static String limited(String limits) {
        return REST.replace("    team: tests\n", "    team: tests\n    limits: " + limits + "\n");
    }

    private static RunningGateway started(
            Path routes, List<ApplicationContextInitializer<?>> initializers, String... arguments) {
        List<Integer> ports = new ArrayList<>();
        List<String> all = new ArrayList<>(List.of(
                "--penstock.routes=" + routes,
                "--penstock.prompts=" + root().resolve("prompts"),
                "--penstock.data=" + data(routes),
                "--penstock.journal.segment=2MB",
                "--penstock.journal.floor=16MB",
                "--server.port=0",
                "--management.server.port=0"));
        List<String> own = List.of(arguments);
        all.removeIf(argument -> own.stream().anyMatch(other -> other.startsWith(argument.split("=")[0] + "=")));
        all.addAll(own);
        SpringApplication application = new SpringApplication(PenstockApplication.class);
        application.addListeners((ApplicationListener<WebServerInitializedEvent>)
                event -> ports.add(event.getWebServer().getPort()));
        initializers.forEach(application::addInitializers);
        return new RunningGateway(application.run(all.toArray(String[]::new)), ports);
    }

    /** Beside a file of the test's own; elsewhere for one of the project's. */
    private static Path data(Path routes) {
        return routes.toAbsolutePath().normalize().startsWith(root())
                ? Folders.make("penstock-data")
                : routes.resolveSibling("data");
    }

    /** The project's root. */
    static Path root() {
        return Path.of(System.getProperty("penstock.root", ".."))
                .toAbsolutePath()
                .normalize();
    }

    private static Path write(String yaml) {
        try {
            return Files.writeString(Folders.make("penstock-test").resolve("routes.yml"), yaml);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The same file in a folder of the test's own. */
    static Path write(Path folder, String providersAndModels) throws IOException {
        return Files.writeString(folder.resolve("routes.yml"), providersAndModels + REST);
    }

    /** Where it keeps its records. */
    Path data() {
        return bean(DataDirectory.class).path();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + ports.get(0) + path);
    }

    URI admin(String path) {
        return URI.create("http://127.0.0.1:" + ports.get(1) + path);
    }

    RawClient client() {
        return RawClient.to("127.0.0.1", ports.get(0));
    }

    /** Posts a chat request as the test's caller. */
    RawClient chat(String body) {
        return client().post("/v1/chat/completions", CALLER, body);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    @Override
    public void close() {
        OPEN.remove(this);
        if (OPEN.isEmpty()) {
            // the 2 s of quiet are for what another one's connections still have to be told, without which it never
            // stops
            bean(ReactorResourceFactory.class).setShutdownQuietPeriod(Duration.ZERO);
        }
        context.close();
    }

    private static final String REST = """

            services:
              test:
                team: tests
                keys: [ { id: test, value: psk_test } ]
            teams: { tests: {} }
            routes:
              - { id: chat, uri: "llm://any", predicates: [ "Path=/v1/chat/completions" ], filters: [ ParseChat ] }
              - { id: content, uri: "llm://default", predicates: [ "Path=/v1/content/{kind}" ], filters: [ ParseContent, FitSchema ] }
            default-filters: [ WriteAnswer, Telemetry, Audit, Admit, Authenticate, AssignVariant, RenderPrompt, RateLimit, GuardInput, GuardOutput, SelectUpstream, Budget, MeterUsage, CallUpstream ]
            """;
}
