package dev.penstock.upstream;

import dev.penstock.core.Asked;
import dev.penstock.core.Json;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Fact;
import dev.penstock.provider.DecodeException;
import dev.penstock.provider.Dialect;
import io.netty.buffer.ByteBuf;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sends one attempt, and reads what comes back. */
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

    Dispatch(AttemptBooks books, Outgoing outgoing, Deadline deadline) {
        this.books = books;
        this.asked = books.exchange().get(Fact.CLEARED);
        this.dialect = books.provider().dialect();
        this.lane = Lane.of(asked, dialect);
        this.deadline = deadline;
        this.outgoing = outgoing;
    }

    Mono<Answer> answer() {
        books.attempt().leaves();
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
