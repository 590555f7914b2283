package dev.penstock.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/** A provider that costs almost nothing, in both wires; also takes spans, and tells when connections were closed. */
public final class BenchUpstream {

    private static final Map<EventLoop, Scheduler> TIMERS = new ConcurrentHashMap<>();

    private final Holds holds = new Holds();

    private BenchUpstream() {}

    /** Prints {@code READY port}, and lives until its standard input ends. */
    public static void main(String[] arguments) throws IOException {
        Quiet.logs();
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .route(new BenchUpstream()::routes)
                .bindNow();
        System.out.println("READY " + server.port());
        while (System.in.read() >= 0) {
            continue;
        }
        System.exit(0);
    }

    private void routes(HttpServerRoutes routes) {
        routes.post("/v1/chat/completions", (request, response) -> answer(request, response, Canned.OPENAI))
                .post("/v1/messages", (request, response) -> answer(request, response, Canned.ANTHROPIC))
                .post(
                        "/v1/traces",
                        (request, response) ->
                                request.receive().then(response.send().then()))
                .get("/bench/arrived/{n}", (request, response) -> tell(response, holds.arrived(number(request))))
                .get("/bench/closed/{n}", (request, response) -> tell(response, holds.closed(number(request))));
    }

    private static int number(HttpServerRequest request) {
        return Integer.parseInt(String.valueOf(request.param("n")));
    }

    private static Publisher<Void> tell(HttpServerResponse response, Mono<Long> nanos) {
        return response.sendString(nanos.map(String::valueOf));
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response, Canned canned) {
        return request.receive()
                .aggregate()
                .asString()
                .flatMap(body -> Mono.from(answer(response, canned, Wanted.in(body))));
    }

    private record Wanted(boolean stream, boolean hold, boolean hasty) {

        static Wanted in(String body) {
            return new Wanted(
                    body.contains("\"stream\":true"), body.contains("bench-hold"), body.contains("bench-hasty"));
        }

        Duration pace() {
            return Duration.ofMillis(hasty ? 1 : Options.PACE_MILLIS);
        }

        long events() {
            return hold ? Long.MAX_VALUE : Options.EVENTS;
        }
    }

    private Publisher<Void> answer(HttpServerResponse response, Canned canned, Wanted wanted) {
        if (wanted.hold()) {
            response.withConnection(connection -> holds.watch(connection.channel()));
        }
        if (wanted.stream()) {
            return response.sse().send(events(response, canned, wanted), all -> true);
        }
        if (wanted.hold()) {
            return Mono.never();
        }
        byte[] whole = Canned.bytes(canned.whole());
        return response.header("content-type", "application/json")
                .header("content-length", Integer.toString(whole.length))
                .send(Mono.just(Unpooled.wrappedBuffer(whole)));
    }

    /** The first text at once, the others at their pace; the ending together with the last one. */
    private static Flux<ByteBuf> events(HttpServerResponse response, Canned canned, Wanted wanted) {
        long count = wanted.events();
        byte[] first = Canned.bytes(canned.opening() + canned.event());
        byte[] next = Canned.bytes(canned.event());
        byte[] last = Canned.bytes(canned.event() + canned.ending());
        return Flux.interval(Duration.ZERO, wanted.pace(), timer(response))
                .take(count)
                .onBackpressureBuffer()
                .map(i -> Unpooled.wrappedBuffer(i == 0 ? first : i == count - 1 ? last : next));
    }

    private static Scheduler timer(HttpServerResponse response) {
        EventLoop[] loop = new EventLoop[1];
        response.withConnection(connection -> loop[0] = connection.channel().eventLoop());
        return TIMERS.computeIfAbsent(loop[0], Schedulers::fromExecutorService);
    }
}
