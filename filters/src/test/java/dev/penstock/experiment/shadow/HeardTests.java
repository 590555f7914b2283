package dev.penstock.experiment.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Chunk;
import dev.penstock.core.Json;
import dev.penstock.exchange.Answer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tools.jackson.databind.node.ObjectNode;

/** Tests for {@link Heard}. */
class HeardTests {

    @Test
    void wordsThatBothHaveAreCountedAmongThoseOfEither() {
        assertThat(Heard.similarity("Tea, and cake!", "tea and COFFEE")).isEqualTo(0.5);
        assertThat(Heard.similarity("tea tea tea", "tea")).isEqualTo(1);
        assertThat(Heard.similarity("tea", "coffee")).isZero();
        assertThat(Heard.similarity("", "…")).isEqualTo(1);
        assertThat(Heard.similarity("", "tea")).isZero();
    }

    @Test
    void ofAKindItIsEveryTextButWhatWeSayOurselves() {
        String body =
                "{\"content\":\"Tea\",\"tags\":[\"hot\",{\"a\":\"black\"}],\"n\":5,\"metadata\":{\"provider\":\"mock\"}}";
        assertThat(heard(new Answer.Whole(object(body))).text()).isEqualTo("Tea hot black ");
    }

    @Test
    void ofAStreamItIsItsTextAndTheStreamStaysAsItIs() {
        Heard heard = new Heard();
        Flux<Chunk> chunks = Flux.just(
                chunk("{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}", Chunk.Mark.PREAMBLE),
                chunk("{\"choices\":[{\"delta\":{\"content\":\"Hel\"}}]}", Chunk.Mark.SEMANTIC),
                chunk("{\"choices\":[{\"delta\":{\"content\":\"lo\"}}]}", Chunk.Mark.SEMANTIC));
        Answer followed = heard.follow(Answer.Streamed.of(chunks, () -> {}));
        assertThat(((Answer.Streamed) followed).chunks().collectList().block()).hasSize(3);
        assertThat(heard.text()).isEqualTo("Hello");
    }

    private static Heard heard(Answer answer) {
        Heard heard = new Heard();
        assertThat(heard.follow(answer)).isSameAs(answer);
        return heard;
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) Json.LENIENT_DEPTH.read(json);
    }

    private static Chunk chunk(String json, Chunk.Mark mark) {
        return new Chunk("", json.getBytes(StandardCharsets.UTF_8), mark);
    }
}
