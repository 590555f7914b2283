package dev.penstock.bench;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;

/** Spring Cloud Gateway with one route, no filter and no observations: what Penstock is compared with. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = ObservationAutoConfiguration.class)
public class PlainGateway {

    public static void main(String[] arguments) {
        SpringApplication.run(PlainGateway.class, arguments);
    }

    @Bean
    RouteLocator routes(RouteLocatorBuilder builder, @Value("${bench.upstream}") String upstream) {
        return builder.routes()
                .route("all", route -> route.path("/v1/**").uri(upstream))
                .build();
    }
}
