package dev.penstock.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
        return from(0, LlmExchange.of(web), chain).then();
    }

    private Mono<Answer> from(int at, LlmExchange exchange, GatewayFilterChain chain) {
        One one = steps.get(at);
        Rest rest = at + 1 < steps.size()
                ? next -> from(at + 1, next, chain)
                : next -> chain.filter(next.web()).then(Mono.fromSupplier(() -> taken(one.step(), next)));
        Keeper keeper = new Keeper(one.step(), exchange);
        return new Watched(() -> one.filter().filter(exchange, rest), () -> keeper);
    }

    /** Remembers the answer for the step before; drops it when the request ends otherwise. */
    private record Keeper(Step step, LlmExchange exchange) implements Watched.Witness {

        @Override
        public void answered(Answer answer) {
            exchange.answered(answer);
        }

        @Override
        public void failed(Throwable failure) {
            exchange.drop();
        }

        @Override
        public void cancelled() {
            exchange.abandon();
        }

        @Override
        public String toString() {
            return step.filter();
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
