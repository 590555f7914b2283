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
        return after(0, pass);
    }

    /** Without an operator for a gate that lets pass at once, as most do. */
    private Mono<Void> after(int passed, Function<Gate, Mono<Void>> pass) {
        for (int at = passed; at < gates.size(); at++) {
            Mono<Void> passing = passing(gates.get(at), pass);
            int next = at + 1;
            if (next == gates.size()) {
                return passing;
            }
            if (passing != Mono.<Void>empty()) {
                return passing.then(Mono.defer(() -> after(next, pass)));
            }
        }
        return Mono.empty();
    }

    /** What a gate throws is a failure of its attempt like any other: what was taken for it is given back. */
    private static Mono<Void> passing(Gate gate, Function<Gate, Mono<Void>> pass) {
        try {
            return pass.apply(gate);
        } catch (RuntimeException failure) {
            return Mono.error(failure);
        }
    }
}
