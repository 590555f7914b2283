package dev.penstock.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.exchange.CurrentSettings;
import dev.penstock.exchange.LlmRoute;
import dev.penstock.routes.file.ConfigException;
import dev.penstock.upstream.UpstreamSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.cloud.gateway.config.GatewayAutoConfiguration;
import org.springframework.cloud.gateway.filter.factory.GatewayFilterFactory;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.context.support.GenericApplicationContext;
import reactor.core.publisher.Flux;

/** Tests for {@link RoutesAutoConfiguration} inside a Spring Cloud Gateway. */
class RoutesAutoConfigurationTests {

    private static final String HOST = "spring.cloud.gateway.server.webflux.routes[0].";

    @TempDir
    Path folder;

    private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    SslAutoConfiguration.class,
                    HttpHandlerAutoConfiguration.class,
                    WebFluxAutoConfiguration.class,
                    GatewayAutoConfiguration.class,
                    RoutesAutoConfiguration.class))
            .withPropertyValues(HOST + "id=host", HOST + "uri=https://a.example", HOST + "predicates[0]=Path=/host/**")
            .withInitializer(
                    context -> Steps.all().forEach(step -> register((GenericApplicationContext) context, step)));

    @Test
    void theHostsRoutesStayAndOursComeBeside() throws IOException {
        at(Sample.YAML).run(context -> {
            List<Route> routes = Flux.from(context.getBean(RouteLocator.class).getRoutes())
                    .collectList()
                    .block();
            assertThat(routes).extracting(Route::getId).containsExactlyInAnyOrder("host", "chat");
            Route chat = routes.stream()
                    .filter(it -> it.getId().equals("chat"))
                    .findFirst()
                    .orElseThrow();
            Route host = routes.stream()
                    .filter(it -> it.getId().equals("host"))
                    .findFirst()
                    .orElseThrow();
            assertThat(host.getFilters()).isEmpty();
            assertThat(chat.getFilters().toString().split(", ")).hasSize(10);
            assertThat(chat.getMetadata().get(LlmRoute.METADATA))
                    .isEqualTo(
                            new LlmRoute(context.getBean(CurrentSettings.class).get(), Steps.CHAT, ""));
            assertThat(context.getBean(RoutesView.class).hash())
                    .isEqualTo(context.getBean(CurrentSettings.class).get().hash());
        });
    }

    @Test
    void withoutTheSettingNothingHappens() {
        runner.run(context -> {
            assertThat(context).doesNotHaveBean(RoutesView.class);
            assertThat(Flux.from(context.getBean(RouteLocator.class).getRoutes())
                            .collectList()
                            .block())
                    .extracting(Route::getId)
                    .containsExactly("host");
        });
    }

    @Test
    void aBadFileFailsTheStartWithEveryMistake() throws IOException {
        String yaml = Sample.with("connect: 2s", "conect: 2s").replace("llm://any", "llm://none");
        at(yaml).run(context -> {
            assertThat(context).hasFailed();
            FailureAnalysis analysis = new RoutesFailureAnalyzer().analyze(context.getStartupFailure());
            Path file = folder.resolve("routes.yml");
            assertThat(analysis.getDescription())
                    .isEqualTo(file
                            + ":6:16 providers.openai.timeout.conect: unknown key 'conect' (expected one of: connect,"
                            + " first-byte, idle, total); did you mean 'connect'?\n" + file
                            + ":15:10 routes[0].uri: unknown model 'none' (expected one of: default)");
            assertThat(analysis.getAction())
                    .isEqualTo("Correct " + file + "; docs/filters/ lists every filter and its arguments.");
        });
    }

    @Test
    void aMissingFileFailsTheStart() {
        Path file = folder.resolve("none.yml");
        runner.withPropertyValues("penstock.routes=" + file)
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(ConfigException.class)
                        .hasMessage(file + ": no such file (expected: a readable file at " + file + ")"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            spring.cloud.gateway.server.webflux.default-filters[0]=Retry=3 | spring.cloud.gateway.server.webflux.default-filters: Retry does not work on llm:// routes (expected: it on the routes that need it; there: providers.NAME.retry)
            spring.cloud.gateway.server.webflux.routes[0].filters[0]=LocalResponseCache | spring.cloud.gateway.server.webflux.routes: LocalResponseCache is refused: CVE-2026-59426, CVE-2026-59427 (expected: no filter)
            penstock.store=memcached | penstock.store: 'memcached' (expected: one of: embedded, redis)
            management.endpoint.gateway.access=unrestricted | management.endpoint.gateway.access: 'unrestricted' lets anyone on that port add routes (expected: none)
            management.endpoints.access.default=unrestricted | management.endpoint.gateway.access: 'unrestricted' lets anyone on that port add routes (expected: none)
            spring.cloud.gateway.server.webflux.restrictive-property-accessor.enabled=false | spring.cloud.gateway.server.webflux.restrictive-property-accessor.enabled: 'false' opens the application to expressions in routes (expected: true)
            spring.cloud.gateway.server.webflux.filter.local-response-cache.enabled=true | spring.cloud.gateway.server.webflux.filter.local-response-cache.enabled: 'true' is refused: CVE-2026-59426, CVE-2026-59427 (expected: false)
            """)
    void dangerousSettingsFailTheStart(String setting, String said) throws IOException {
        at(Sample.YAML)
                .withPropertyValues(setting)
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(ConfigException.class)
                        .hasMessage(said));
    }

    @Test
    void readOnlyAccessIsAllowed() throws IOException {
        at(Sample.YAML)
                .withPropertyValues(
                        "management.endpoint.gateway.access=unrestricted",
                        "management.endpoints.access.max-permitted=read_only")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void variablesComeFromSpringsEnvironmentAsTheyAre() throws IOException {
        at(Sample.with("model: marketer", "model: \"${SOME_MODEL}\""))
                .withPropertyValues("SOME_MODEL=a${b}c")
                .run(context -> assertThat(context.getBean(CurrentSettings.class)
                                .get()
                                .get(UpstreamSettings.class)
                                .models()
                                .get("default")
                                .targets())
                        .extracting(it -> it.model())
                        .containsExactly("a${b}c"));
    }

    private ReactiveWebApplicationContextRunner at(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("routes.yml"), yaml);
        return runner.withPropertyValues("penstock.routes=" + file);
    }

    private static void register(GenericApplicationContext context, GatewayFilterFactory<?> step) {
        context.getDefaultListableBeanFactory().registerSingleton("step" + step.name(), step);
    }
}
