package dev.penstock.exchange;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The rest of the way of an answer, whose end one step wants to learn: see {@link Over#watch}. */
final class Followed extends Watched {

    private final Mono<Answer> rest;
    private final UnaryOperator<Answer> begun;
    private final Consumer<Over> end;

    Followed(Mono<Answer> rest, UnaryOperator<Answer> begun, Consumer<Over> end) {
        this.rest = rest;
        this.begun = begun;
        this.end = end;
    }

    @Override
    Mono<Answer> rest() {
        return rest;
    }

    @Override
    Witness witness() {
        return new Teller(begun, end);
    }

    @Override
    @Nullable
    LlmExchange exchange() {
        return null;
    }

    @Override
    public String toString() {
        return "the rest";
    }
}
