package dev.penstock.gateway;

import dev.penstock.exchange.Step;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What goes wrong between two steps when a test asks for it; part of an application that is started with it. */
@Configuration(proxyBeanMethods = false)
class Faults {

    /** The argument that makes an application have it. */
    static final String ARGUMENT = "--spring.main.sources=" + Faults.class.getName();

    /** A request that stays: {@code came} when it is there, {@code left} when it was cancelled. */
    record Hold(CompletableFuture<Void> came, CompletableFuture<Void> left) {

        Hold() {
            this(new CompletableFuture<>(), new CompletableFuture<>());
        }

        private Mono<Void> forever() {
            return Mono.<Void>never()
                    .doOnSubscribe(ignored -> came.complete(null))
                    .doOnCancel(() -> left.complete(null));
        }
    }

    /** What happens between a step and the one that follows it. */
    static final class Boundary implements GlobalFilter, Ordered {

        private final Step after;
        private final AtomicReference<@Nullable UnaryOperator<Mono<Void>>> fault = new AtomicReference<>();

        Boundary(Step after) {
            this.after = after;
        }

        /** The next request fails here on its way in: the steps further in never run. */
        void failInward(RuntimeException failure) {
            fault.set(rest -> Mono.error(failure));
        }

        /** The next request fails here on its way out: the answer, or the begin of its stream, was there. */
        void failOutward(RuntimeException failure) {
            fault.set(rest -> rest.then(Mono.error(failure)));
        }

        /** The next request stays here on its way in. */
        Hold holdInward() {
            Hold hold = new Hold();
            fault.set(rest -> hold.forever());
            return hold;
        }

        /** The next request stays here with its answer on the way out. */
        Hold holdOutward() {
            Hold hold = new Hold();
            fault.set(rest -> rest.then(hold.forever()));
            return hold;
        }

        @Override
        public Mono<Void> filter(ServerWebExchange web, GatewayFilterChain chain) {
            UnaryOperator<Mono<Void>> now = fault.getAndSet(null);
            return now == null ? chain.filter(web) : now.apply(chain.filter(web));
        }

        /** Steps are a hundred apart at least; ordinary filters of a route stand at 1, 2, …. */
        @Override
        public int getOrder() {
            return after.order() + 50;
        }

        @Override
        public String toString() {
            return "after " + after.filter();
        }
    }

    @Bean
    Boundary afterWriteAnswer() {
        return new Boundary(Step.WRITE_ANSWER);
    }

    @Bean
    Boundary afterTelemetry() {
        return new Boundary(Step.TELEMETRY);
    }

    @Bean
    Boundary afterAdmit() {
        return new Boundary(Step.ADMIT);
    }

    @Bean
    Boundary afterAuthenticate() {
        return new Boundary(Step.AUTHENTICATE);
    }

    @Bean
    Boundary afterParse() {
        return new Boundary(Step.PARSE);
    }

    @Bean
    Boundary afterRenderPrompt() {
        return new Boundary(Step.RENDER_PROMPT);
    }

    @Bean
    Boundary afterFitSchema() {
        return new Boundary(Step.FIT_SCHEMA);
    }

    @Bean
    Boundary afterSelectUpstream() {
        return new Boundary(Step.SELECT_UPSTREAM);
    }
}
