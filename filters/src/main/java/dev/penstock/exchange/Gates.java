package dev.penstock.exchange;

import dev.penstock.core.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** The gates of one request. Put up before the first attempt, by one step at a time. */
public final class Gates {

    private final List<Gate> gates = new ArrayList<>(3);

    public void add(Gate gate) {
        gates.add(gate);
    }

    /** The same gates; what is put up later at one is not at the other. */
    Gates copy() {
        Gates copy = new Gates();
        copy.gates.addAll(gates);
        return copy;
    }

    /** Whether there is nothing to pass. */
    public boolean open() {
        return gates.isEmpty();
    }

    public Mono<Void> before(Attempt attempt, Asked asked) {
        return each(gate -> gate.before(attempt, asked));
    }

    public Mono<Void> leaving(Attempt attempt, byte[] body) {
        return each(gate -> gate.leaving(attempt, body));
    }

    public Mono<Void> asking(Question question, byte[] body) {
        return each(gate -> gate.asking(question, body));
    }

    public void left(Attempt attempt) {
        gates.forEach(gate -> gate.left(attempt));
    }

    private Mono<Void> each(Function<Gate, Mono<Void>> pass) {
        return gates.size() == 1 ? pass.apply(gates.get(0)) : after(0, pass);
    }

    private Mono<Void> after(int passed, Function<Gate, Mono<Void>> pass) {
        return passed == gates.size()
                ? Mono.empty()
                : pass.apply(gates.get(passed)).then(Mono.defer(() -> after(passed + 1, pass)));
    }
}
