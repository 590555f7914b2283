package dev.penstock.provider.mock;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns an OpenAI chat request into the script of its answer. Deterministic but for {@code created}; safe to share.
 *
 * <p>A stream's tokens are an eighth of the latency apart, less where the whole answer would take longer than 10 s. A
 * document comes at once after the latency.
 */
public final class MockScript {

    private static final Duration SLOW = Duration.ofSeconds(3);
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final Clock clock;

    /** {@code clock} tells {@code created}. */
    public MockScript(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param request in the OpenAI wire; not changed
     * @param model the upstream model, with or without {@code mock/} before it: its name chooses the behaviour
     * @param call a number that differs from call to call: with the request it decides which calls fail by the error rate
     */
    public List<Move> moves(ObjectNode request, String model, MockOptions options, long call) {
        String name = model.startsWith("mock/") ? model.substring("mock/".length()) : model;
        Behaviour behaviour = Behaviour.of(name);
        Asking asking = new Asking(request);
        long hash = Hash.of(request);
        List<Move> moves = new ArrayList<>();
        Playback.pause(moves, firstByte(behaviour, options.latency()));
        boolean unlucky = new SplittableRandom(hash ^ call * GOLDEN).nextDouble() < options.errorRate();
        Optional<Refused> refused = unlucky ? Optional.of(Refused.OVERLOADED) : refused(behaviour, asking);
        if (refused.isPresent()) {
            moves.addAll(refused.get().moves());
            return moves;
        }
        Envelope envelope =
                new Envelope("chatcmpl-mock-" + Hash.hex(hash), clock.instant().getEpochSecond(), name);
        moves.addAll(answer(asking, envelope, behaviour, options.latency()));
        return moves;
    }

    private static Duration firstByte(Behaviour behaviour, Duration latency) {
        return behaviour == Behaviour.SLOW && latency.compareTo(SLOW) < 0 ? SLOW : latency;
    }

    private static Optional<Refused> refused(Behaviour behaviour, Asking asking) {
        return switch (behaviour) {
            case ERROR_400 -> Optional.of(Refused.INVALID);
            case ERROR_401 -> Optional.of(Refused.KEY);
            case ERROR_500 -> Optional.of(Refused.BROKEN);
            case ERROR_503 -> Optional.of(Refused.OVERLOADED);
            case RATE_LIMITED -> Optional.of(Refused.RATE);
            default -> asking.messages().isEmpty() ? Optional.of(Refused.NO_MESSAGES) : Optional.empty();
        };
    }

    private static List<Move> answer(Asking asking, Envelope envelope, Behaviour behaviour, Duration latency) {
        List<Reply> replies = IntStream.range(0, asking.choices())
                .mapToObj(index -> new Composer(asking, index).reply(behaviour))
                .toList();
        if (asking.streams()) {
            return Playback.events(new Streamed(asking, envelope).of(replies, behaviour), behaviour, latency);
        }
        return Playback.document(new Whole(asking, envelope).of(replies, behaviour), behaviour);
    }
}
