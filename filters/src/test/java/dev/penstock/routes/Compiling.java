package dev.penstock.routes;

import dev.penstock.prompt.kind.Kinds;
import dev.penstock.routes.define.Plugs;
import dev.penstock.routes.define.Trial;
import dev.penstock.routes.file.ConfigException;
import dev.penstock.routes.file.Problem;
import dev.penstock.routes.file.Problems;
import dev.penstock.routes.source.Sources;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.cloud.gateway.filter.factory.AddRequestHeaderGatewayFilterFactory;
import org.springframework.cloud.gateway.filter.factory.AddResponseHeaderGatewayFilterFactory;
import org.springframework.cloud.gateway.filter.factory.GatewayFilterFactory;
import org.springframework.cloud.gateway.filter.factory.RetryGatewayFilterFactory;
import org.springframework.cloud.gateway.filter.factory.SetResponseHeaderGatewayFilterFactory;
import org.springframework.cloud.gateway.filter.factory.SetStatusGatewayFilterFactory;
import org.springframework.cloud.gateway.filter.factory.StripPrefixGatewayFilterFactory;
import org.springframework.cloud.gateway.handler.predicate.MethodRoutePredicateFactory;
import org.springframework.cloud.gateway.handler.predicate.PathRoutePredicateFactory;
import org.springframework.cloud.gateway.handler.predicate.RoutePredicateFactory;
import org.springframework.cloud.gateway.support.ConfigurationService;
import org.springframework.core.convert.ConversionService;
import org.springframework.validation.Validator;

/** Compiles texts against a few real factories of Spring and fakes of our steps. */
final class Compiling {

    private Compiling() {}

    static Compiled compile(String yaml, Map<String, String> environment) {
        return compiler(environment)
                .compile(Sources.of("routes.yml", yaml.getBytes(StandardCharsets.UTF_8)), new Problems());
    }

    static Compiled compile(byte[] bytes, Map<String, String> environment) {
        return compiler(environment).compile(Sources.of("routes.yml", bytes), new Problems());
    }

    /** The messages of a file that is refused; empty for one that is not. */
    static List<String> problems(String yaml, Map<String, String> environment) {
        try {
            compile(yaml, environment);
            return List.of();
        } catch (ConfigException refused) {
            return refused.problems().stream().map(Problem::toString).toList();
        }
    }

    static List<String> problems(String yaml) {
        return problems(yaml, Map.of());
    }

    private static Compiler compiler(Map<String, String> environment) {
        List<GatewayFilterFactory<?>> filters = new ArrayList<>(Steps.all());
        filters.add(new AddResponseHeaderGatewayFilterFactory());
        filters.add(new SetResponseHeaderGatewayFilterFactory());
        filters.add(new AddRequestHeaderGatewayFilterFactory());
        filters.add(new StripPrefixGatewayFilterFactory());
        filters.add(new SetStatusGatewayFilterFactory());
        filters.add(new RetryGatewayFilterFactory());
        List<RoutePredicateFactory<?>> predicates = List.of(
                new PathRoutePredicateFactory(new org.springframework.boot.webflux.autoconfigure.WebFluxProperties()),
                new MethodRoutePredicateFactory());
        ConversionService conversion = ApplicationConversionService.getSharedInstance();
        Validator none = new NoValidator();
        return new Compiler(
                new Plugs(filters.stream(), predicates.stream()),
                new Trial(new ConfigurationService(new DefaultListableBeanFactory(), () -> conversion, () -> none)),
                () -> new Kinds(
                        Path.of(System.getProperty("penstock.root", "..")).resolve("prompts")),
                environment::get);
    }

    private static final class NoValidator implements Validator {

        @Override
        public boolean supports(Class<?> type) {
            return false;
        }

        @Override
        public void validate(Object target, org.springframework.validation.Errors errors) {}
    }
}
