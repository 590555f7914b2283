package dev.penstock.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Chunk;
import dev.penstock.core.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Tests for the law of the stream: read once or closed, and its end told once. */
class AnswerTests {

    private final List<String> log = new ArrayList<>();

    private Answer.Streamed stream(Flux<Chunk> source) {
        Answer.Streamed stream = Answer.Streamed.of(source, () -> log.add("released"));
        stream.whenOver(over -> log.add(over.how().name()));
        return stream;
    }

    @Test
    void anUnreadStreamIsReleasedWhenClosed() {
        Answer.Streamed stream = stream(Flux.never());
        stream.close();
        stream.close();
        assertThat(log).containsExactly("released", "CANCELLED");
    }

    @Test
    void aReadStreamIsNotTouchedByClose() {
        Answer.Streamed stream = stream(Flux.empty());
        StepVerifier.create(stream.chunks()).verifyComplete();
        stream.close();
        assertThat(log).containsExactly("COMPLETE");
    }

    @Test
    void aClosedStreamCannotBeRead() {
        Answer.Streamed stream = stream(Flux.empty());
        stream.close();
        StepVerifier.create(stream.chunks()).verifyError(IllegalStateException.class);
    }

    @Test
    void aCancelInTheMiddleIsTold() {
        StepVerifier.create(stream(Flux.never()).chunks()).thenCancel().verify();
        assertThat(log).containsExactly("CANCELLED");
    }

    @Test
    void aFailureIsToldWithItsCause() {
        List<Over> ends = new ArrayList<>();
        Answer.Streamed stream = Answer.Streamed.of(Flux.error(new IllegalArgumentException("x")), () -> {});
        stream.whenOver(ends::add);
        StepVerifier.create(stream.chunks()).verifyError();
        assertThat(ends.get(0).failure()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aChangedStreamIsTheSameLife() {
        Answer.Streamed stream = stream(Flux.empty());
        Answer.Streamed changed = stream.map(chunks -> chunks.filter(chunk -> true));
        assertThat(changed.sameLife(stream)).isTrue();
        StepVerifier.create(changed.chunks()).verifyComplete();
        assertThat(log).containsExactly("COMPLETE");
    }

    @Test
    void watchTellsOfEveryEndOnce() {
        assertThat(ends(Mono.just(new Answer.Whole(Json.object())))).containsExactly(Over.How.COMPLETE);
        assertThat(ends(Mono.error(new IllegalStateException()))).containsExactly(Over.How.FAILED);
        List<Over.How> cancelled = new ArrayList<>();
        StepVerifier.create(Over.watch(Mono.never(), over -> cancelled.add(over.how())))
                .thenCancel()
                .verify();
        assertThat(cancelled).containsExactly(Over.How.CANCELLED);
    }

    private static List<Over.How> ends(Mono<Answer> rest) {
        List<Over.How> ends = new ArrayList<>();
        Over.watch(rest, over -> ends.add(over.how())).onErrorComplete().block();
        return ends;
    }
}
