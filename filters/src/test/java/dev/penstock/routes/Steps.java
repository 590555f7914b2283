package dev.penstock.routes;

import dev.penstock.exchange.FirstStep;
import dev.penstock.exchange.FirstStepFilter;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.exchange.LlmGatewayFilterFactory;
import dev.penstock.exchange.ParseStep;
import dev.penstock.exchange.Step;
import dev.penstock.exchange.Surface;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;
import org.springframework.cloud.gateway.filter.factory.GatewayFilterFactory;
import reactor.core.publisher.Mono;

/** Factories that are called like the real steps and do nothing. */
final class Steps {

    /** Nothing to configure. */
    public record NoConfig() {}

    /** One argument. */
    public record Config(@DefaultValue("30s") Duration timeout) {}

    /** A time with which CallUpstream cannot be made, as if its files were missing. */
    static final Duration UNMAKEABLE = Duration.ofSeconds(666);

    static final Surface CHAT = surface("chat");
    static final Surface CONTENT = surface("content");

    private Steps() {}

    static List<GatewayFilterFactory<?>> all() {
        return List.of(
                new First(),
                new Quiet<>("Telemetry", Step.TELEMETRY, NoConfig.class),
                new Quiet<>("Audit", Step.AUDIT, NoConfig.class),
                new Quiet<>("Admit", Step.ADMIT, NoConfig.class),
                new Quiet<>("Authenticate", Step.AUTHENTICATE, NoConfig.class),
                new Parse("ParseChat", CHAT),
                new Parse("ParseContent", CONTENT),
                new Quiet<>("AssignVariant", Step.ASSIGN_VARIANT, NoConfig.class),
                new Quiet<>("RenderPrompt", Step.RENDER_PROMPT, NoConfig.class),
                new Quiet<>("RateLimit", Step.RATE_LIMIT, NoConfig.class),
                new Quiet<>("GuardInput", Step.GUARD_INPUT, NoConfig.class),
                new Quiet<>("GuardOutput", Step.GUARD_OUTPUT, NoConfig.class),
                new Quiet<>("FitSchema", Step.FIT_SCHEMA, NoConfig.class),
                new Quiet<>("SelectUpstream", Step.SELECT_UPSTREAM, NoConfig.class),
                new Quiet<>("Budget", Step.BUDGET, NoConfig.class),
                new Quiet<>("MeterUsage", Step.METER_USAGE, NoConfig.class),
                new Quiet<>("CallUpstream", Step.CALL_UPSTREAM, Config.class));
    }

    private static Surface surface(String name) {
        return (Surface) Proxy.newProxyInstance(
                Steps.class.getClassLoader(),
                new Class<?>[] {Surface.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "name", "toString" -> name;
                    case "hashCode" -> name.hashCode();
                    case "equals" -> proxy == args[0];
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static class Quiet<C> extends LlmGatewayFilterFactory<C> {

        private final String name;

        Quiet(String name, Step step, Class<C> config) {
            super(step, config);
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        protected LlmFilter create(C config) {
            if (config instanceof Config it && it.timeout().equals(UNMAKEABLE)) {
                throw new UncheckedIOException(new IOException("no such folder: prompts"));
            }
            return (exchange, rest) -> rest.of(exchange);
        }
    }

    private static final class Parse extends Quiet<NoConfig> implements ParseStep {

        private final Surface surface;

        Parse(String name, Surface surface) {
            super(name, Step.PARSE, NoConfig.class);
            this.surface = surface;
        }

        @Override
        public Surface surface() {
            return surface;
        }
    }

    private static final class First extends AbstractGatewayFilterFactory<NoConfig> {

        First() {
            super(NoConfig.class);
        }

        @Override
        public String name() {
            return "WriteAnswer";
        }

        @Override
        public GatewayFilter apply(NoConfig config) {
            FirstStep none = (FirstStep) Proxy.newProxyInstance(
                    Steps.class.getClassLoader(),
                    new Class<?>[] {FirstStep.class},
                    (proxy, method, args) -> Mono.error(new UnsupportedOperationException(method.getName())));
            return new FirstStepFilter(none);
        }
    }
}
