package dev.penstock.upstream;

import dev.penstock.core.Asked;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.credential.Credential;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Fact;
import dev.penstock.provider.DecodeException;
import dev.penstock.provider.Dialect;
import dev.penstock.provider.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Puts one attempt into the provider's words, sends it, and reads what comes back. */
final class Dispatch {

    /** More than any whole answer; images and audio included. */
    private static final int LARGEST_ANSWER = 64 * 1024 * 1024;

    private static final int LARGEST_ERROR = 256 * 1024;

    private final AttemptBooks books;
    private final Asked asked;
    private final Dialect dialect;
    private final Lane lane;
    private final Deadline deadline;
    private final Outgoing outgoing;

    private Dispatch(AttemptBooks books, Asked asked, Outgoing outgoing, Deadline deadline) {
        this.books = books;
        this.asked = asked;
        this.dialect = books.provider().dialect();
        this.lane = Lane.of(asked, dialect);
        this.deadline = deadline;
        this.outgoing = outgoing;
    }

    static Dispatch of(AttemptBooks books, Optional<Credential> credential, Deadline deadline) {
        Asked asked = books.exchange().get(Fact.PROMPTED);
        Dialect dialect = books.provider().dialect();
        String model = books.attempt().model();
        UpstreamRequest request = written(asked, dialect, model);
        books.attempt().ignores(request.ignored());
        books.attempt().capped(request.capped());
        Map<String, String> headers = new HashMap<>(request.headers());
        headers.put("content-type", "application/json");
        headers.put("accept", asked.stream() ? "text/event-stream" : "application/json");
        headers.put("user-agent", "penstock");
        credential.ifPresent(key -> headers.putAll(dialect.credential(key.secret())));
        headers.putAll(books.provider().config().headers());
        HeaderLists.up(books.exchange().request().getHeaders(), headers);
        byte[] body = Json.LENIENT_DEPTH.write(request.body());
        return new Dispatch(books, asked, new Outgoing(request.path(), headers, request.body(), body), deadline);
    }

    private static UpstreamRequest written(Asked asked, Dialect dialect, String model) {
        if (Lane.of(asked, dialect) == Lane.VERBATIM) {
            return dialect.relay(asked.body(), model);
        }
        try {
            return dialect.encode(asked.hub(), model);
        } catch (GatewayException mistake) {
            throw AttemptFailed.unwritable(mistake);
        }
    }

    Mono<Answer> answer() {
        return deadline.limit(books.provider().transport().send(outgoing))
                .flatMap(this::read)
                .doOnDiscard(Reply.class, reply -> reply.abort().run());
    }

    private Mono<Answer> read(Reply reply) {
        books.status(reply.status());
        Flux<ByteBuf> body = deadline.limit(reply.body().doOnNext(bytes -> deadline.life()));
        if (reply.status() != 200) {
            return new Collected(LARGEST_ERROR).of(body).map(bytes -> failure(reply, bytes));
        }
        if (reply.isForeign()) {
            reply.abort().run();
            throw new DecodeException("a page or a coded body (expected: events or JSON)");
        }
        if (asked.stream() && !reply.isJson()) {
            return new Relay(books, lane.decoder(books), books.time(), deadline).begin(body);
        }
        return new Collected(LARGEST_ANSWER).of(body).map(bytes -> whole(bytes, reply));
    }

    private Answer failure(Reply reply, byte[] body) {
        throw AttemptFailed.told(dialect.error(reply.status(), reply.headers(), body));
    }

    private Answer whole(byte[] body, Reply reply) {
        if (asked.stream()) {
            throw notAStream(body, reply);
        }
        Answer answer = lane.whole(Json.LENIENT_DEPTH.read(body), body, books);
        books.serves();
        return answer;
    }

    /** A JSON body with 200 where a stream was asked for is an error that the provider forgot to give a status. */
    private RuntimeException notAStream(byte[] body, Reply reply) {
        if (Json.LENIENT_DEPTH.read(body).path("error").isObject()) {
            return AttemptFailed.told(dialect.error(500, reply.headers(), body));
        }
        return new DecodeException("a JSON document (expected: an event stream)");
    }
}
