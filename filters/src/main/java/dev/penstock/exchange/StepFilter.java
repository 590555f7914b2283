package dev.penstock.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Puts steps into Spring's chain: hides {@code Mono<Void>}, and closes a stream that a step dropped or a cancel left. Steps that
 * stand next to each other are one of Spring's filters: to go through its chain costs more than most steps do.
 */
public final class StepFilter implements GatewayFilter, Ordered {

    private final List<One> steps;

    StepFilter(Step step, LlmFilter filter) {
        this(List.of(new One(step, filter)));
    }

    private StepFilter(List<One> steps) {
        this.steps = steps;
    }

    private record One(Step step, LlmFilter filter) {}

    /**
     * The same filters, in their order, with neighbouring steps in one.
     *
     * @param filters of one route, sorted
     * @param between orders of the filters that will stand beside those of the route: what they divide stays apart
     */
    public static List<GatewayFilter> join(List<GatewayFilter> filters, Set<Integer> between) {
        TreeSet<Integer> orders = new TreeSet<>(between);
        List<GatewayFilter> joined = new ArrayList<>();
        for (GatewayFilter filter : filters) {
            int last = joined.size() - 1;
            if (filter instanceof StepFilter next
                    && last >= 0
                    && joined.get(last) instanceof StepFilter before
                    && orders.subSet(before.lastOrder(), false, next.getOrder(), true)
                            .isEmpty()) {
                joined.set(last, before.with(next));
            } else {
                joined.add(filter);
            }
        }
        return joined;
    }

    private StepFilter with(StepFilter next) {
        List<One> all = new ArrayList<>(steps);
        all.addAll(next.steps);
        return new StepFilter(List.copyOf(all));
    }

    @Override
    public Mono<Void> filter(ServerWebExchange web, GatewayFilterChain chain) {
        return new Running(0, LlmExchange.of(web), chain).silent();
    }

    /** One step of one request, which is also the rest of the step before: it does its work when it is subscribed to. */
    private final class Running extends Watched implements Rest {

        private final int at;
        private final LlmExchange exchange;
        private final GatewayFilterChain chain;

        private Running(int at, LlmExchange exchange, GatewayFilterChain chain) {
            this.at = at;
            this.exchange = exchange;
            this.chain = chain;
        }

        @Override
        Mono<Answer> rest() {
            return steps.get(at).filter().filter(exchange, this);
        }

        @Override
        @Nullable
        Witness witness() {
            return null;
        }

        @Override
        LlmExchange exchange() {
            return exchange;
        }

        /** What comes after this step. */
        @Override
        public Mono<Answer> of(LlmExchange next) {
            return at + 1 < steps.size()
                    ? new Running(at + 1, next, chain)
                    : chain.filter(next.web()).then(Mono.fromSupplier(() -> taken(step(), next)));
        }

        private Step step() {
            return steps.get(at).step();
        }

        @Override
        public String toString() {
            return step().filter();
        }
    }

    private static Answer taken(Step step, LlmExchange exchange) {
        return exchange.answer()
                .orElseThrow(() -> new IllegalStateException("the rest of " + step.filter() + " gave no answer"));
    }

    @Override
    public int getOrder() {
        return steps.get(0).step().order();
    }

    private int lastOrder() {
        return steps.get(steps.size() - 1).step().order();
    }

    @Override
    public String toString() {
        return String.join(", ", steps.stream().map(one -> one.step().filter()).toList());
    }
}
