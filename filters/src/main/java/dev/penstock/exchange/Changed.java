package dev.penstock.exchange;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The rest of the way of an answer that one step changes as it begins: see {@link Answer#changed}. */
final class Changed extends Watched implements Witness {

    private final Mono<Answer> rest;
    private final UnaryOperator<Answer> change;

    Changed(Mono<Answer> rest, UnaryOperator<Answer> change) {
        this.rest = rest;
        this.change = change;
    }

    @Override
    Mono<Answer> rest() {
        return rest;
    }

    @Override
    Witness witness() {
        return this;
    }

    @Override
    @Nullable
    LlmExchange exchange() {
        return null;
    }

    @Override
    public Answer answered(Answer answer) {
        return change.apply(answer);
    }

    @Override
    public void failed(Throwable failure) {}

    @Override
    public void cancelled() {}

    @Override
    public String toString() {
        return "the rest";
    }
}
