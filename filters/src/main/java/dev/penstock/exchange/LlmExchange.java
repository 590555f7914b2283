package dev.penstock.exchange;

import dev.penstock.core.Asked;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * One request on its way: the facts so far, the trail, and the configuration that it sees to its end.
 *
 * <p>Facts are written and read by one step at a time, so they need no lock; the trail is safe anywhere.
 */
public final class LlmExchange {

    private static final String ATTRIBUTE = LlmExchange.class.getName();

    private final ServerWebExchange web;
    private final LlmRoute route;
    private final String id;
    private final String callId;
    private final Instant began;
    private final long beganNanos = System.nanoTime();
    private final Trail trail;
    private final Gates gates;
    private final @Nullable Object[] facts;
    private final AtomicReference<Answer> answer = new AtomicReference<>();
    private volatile @Nullable Runnable afterwards;
    private volatile boolean abandoned;
    private final AtomicReference<Long> calling;
    private int children;

    private LlmExchange(ServerWebExchange web, Opening opening) {
        this.web = web;
        this.route = opening.route();
        this.id = opening.id();
        this.began = opening.began();
        this.callId = CallId.at(began.toEpochMilli());
        this.trail = new Trail();
        this.gates = new Gates();
        this.facts = new Object[Fact.COUNT];
        this.calling = new AtomicReference<>();
    }

    private LlmExchange(LlmExchange parent, Asked asked) {
        this.web = new ChildWeb(parent.web);
        this.route = parent.route;
        this.id = parent.id;
        this.began = parent.began;
        this.trail = parent.trail.child();
        this.gates = parent.gates.copy();
        this.callId = parent.callId + "." + ++parent.children;
        this.facts = parent.facts.clone();
        this.calling = parent.calling;
        facts[Fact.PROMPTED.index()] = asked;
        facts[Fact.CLEARED.index()] = asked;
        web.getAttributes().put(ATTRIBUTE, this);
    }

    /** What is known of a request before its first step. */
    public record Opening(LlmRoute route, String id, Instant began) {}

    /** Begins a request; the first step does it. */
    public static LlmExchange open(ServerWebExchange web, Opening opening) {
        LlmExchange exchange = new LlmExchange(web, opening);
        web.getAttributes().put(ATTRIBUTE, exchange);
        return exchange;
    }

    /**
     * A child of this exchange, which asks something of its own: for a step that has the steps after it run more than once. It has
     * what is known by now, passes the gates that are up by now, and all of its trail is on this one's too. Its {@link #callId} is
     * its own, since money is held for each call.
     */
    public LlmExchange again(Asked asked) {
        return new LlmExchange(this, asked);
    }

    /** The one that {@link #open} began. */
    public static LlmExchange of(ServerWebExchange web) {
        LlmExchange found = web.getAttribute(ATTRIBUTE);
        if (found == null) {
            throw new IllegalStateException("no LLM exchange: WriteAnswer must be the route's first filter");
        }
        return found;
    }

    /** Another call for the same request: facts, trail and gates are its own, and so is its call id. */
    public LlmExchange copy(Instant began) {
        return new LlmExchange(web, new Opening(route, id, began));
    }

    /** Has something done when the caller has the whole answer; it must be quick. Not at all when it never gets so far. */
    public void afterwards(Runnable task) {
        Runnable before = afterwards;
        afterwards = before == null
                ? task
                : () -> {
                    before.run();
                    task.run();
                };
    }

    /** The answer was written. */
    void written() {
        Runnable task = afterwards;
        if (task != null) {
            task.run();
        }
    }

    /** The request id: the caller's, if it sent a valid one. */
    public String id() {
        return id;
    }

    /** The gateway's own id, never used twice. */
    public String callId() {
        return callId;
    }

    public Instant began() {
        return began;
    }

    /** {@link System#nanoTime()} at the beginning. */
    public long beganNanos() {
        return beganNanos;
    }

    /** When the first call of the request began, on {@code clock}'s scale; this moment, if it begins now. */
    public long callingSince(LongSupplier clock) {
        calling.compareAndSet(null, clock.getAsLong());
        return calling.get();
    }

    public ServerHttpRequest request() {
        return web.getRequest();
    }

    public ServerWebExchange web() {
        return web;
    }

    public Settings settings() {
        return route.settings();
    }

    public Surface surface() {
        return route.surface();
    }

    /** The model of the route, for requests that name none; empty when the route has none. */
    public String routeModel() {
        return route.model();
    }

    public Trail trail() {
        return trail;
    }

    /** What each attempt has to pass before it leaves. */
    public Gates gates() {
        return gates;
    }

    /** The event loop of the caller's connection: where a request goes on after another thread did something for it. */
    public Executor loop() {
        return Loop.of(web.getRequest());
    }

    /** The id of the route in routes.yml. */
    public String routeId() {
        Route matched = web.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
        return matched == null ? "" : matched.getId();
    }

    /** The first value of a request header. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(request().getHeaders().getFirst(name));
    }

    /** Puts a fact; a second put is a bug of the step that does it. */
    public <T> void put(Fact<T> fact, T value) {
        if (facts[fact.index()] != null) {
            throw new IllegalStateException(fact.giver().filter() + " put " + fact + " twice");
        }
        facts[fact.index()] = value;
    }

    /** Reads a fact, or what it reads as when its step is not on the route. */
    @SuppressWarnings("unchecked")
    public <T> T get(Fact<T> fact) {
        T found = (T) facts[fact.index()];
        return found != null ? found : instead(fact);
    }

    private <T> T instead(Fact<T> fact) {
        return fact.otherwise()
                .map(this::get)
                .or(fact::standard)
                .orElseThrow(() -> new IllegalStateException(
                        fact + " is missing: " + fact.giver().filter() + " has not run"));
    }

    /** Reads a fact that may not be known yet, such as the caller of a request that was refused. */
    @SuppressWarnings("unchecked")
    public <T> Optional<T> find(Fact<T> fact) {
        return Optional.ofNullable((T) facts[fact.index()]);
    }

    /** Remembers the answer between two steps; closes the one that it takes the place of, unless it is the same. */
    void answered(Answer next) {
        Answer before = answer.getAndSet(next);
        if (before != null && !before.sameLife(next)) {
            before.close();
        }
        if (abandoned) {
            drop();
        }
    }

    /** The caller left: also an answer that is just being handed on is closed. */
    void abandon() {
        abandoned = true;
        drop();
    }

    Optional<Answer> answer() {
        return Optional.ofNullable(answer.get());
    }

    /** Closes an answer that nobody took. */
    void drop() {
        Answer left = answer.getAndSet(null);
        if (left != null) {
            left.close();
        }
    }
}
