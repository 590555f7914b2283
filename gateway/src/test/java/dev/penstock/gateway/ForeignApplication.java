package dev.penstock.gateway;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * Somebody else's Spring Cloud Gateway application: two ordinary routes, and our filters jar on its class path. It scans
 * nothing of ours and reads no {@code application.yml} of ours.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ForeignApplication {

    private static final String ROUTES = "--spring.cloud.gateway.server.webflux.routes";

    /** {@code more} are further arguments. */
    static ConfigurableApplicationContext run(String upstream, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--logging.level.root=warn",
                "--management.otlp.metrics.export.enabled=false",
                ROUTES + "[0].id=plain",
                ROUTES + "[0].uri=" + upstream,
                ROUTES + "[0].predicates[0]=Path=/plain/**",
                ROUTES + "[1].id=marked",
                ROUTES + "[1].uri=" + upstream,
                ROUTES + "[1].predicates[0]=Path=/marked/**",
                ROUTES + "[1].filters[0]=StripPrefix=1",
                ROUTES + "[1].filters[1]=AddResponseHeader=x-host, yes"));
        arguments.addAll(List.of(more));
        return new SpringApplicationBuilder(ForeignApplication.class)
                .properties("spring.config.name=foreign")
                .run(arguments.toArray(String[]::new));
    }

    static ConfigurableApplicationContext withRoutes(String upstream, Path routes) {
        return run(
                upstream,
                "--penstock.routes=" + routes,
                "--penstock.data=" + routes.resolveSibling("data"),
                "--penstock.prompts=" + RunningGateway.root().resolve("prompts"));
    }

    static int port(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** The beans whose class is ours, this one left out. */
    static Stream<String> ours(ConfigurableApplicationContext context) {
        return Arrays.stream(context.getBeanDefinitionNames()).filter(name -> {
            Class<?> type = context.getType(name);
            return type != null && type.getName().startsWith("dev.penstock") && type != ForeignApplication.class;
        });
    }
}
