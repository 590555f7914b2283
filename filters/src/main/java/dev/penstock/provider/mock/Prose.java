package dev.penstock.provider.mock;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Ordinary English about a subject, always told to be the mock's. */
final class Prose {

    private static final List<String> OPENINGS = List.of(
            "Here is what Penstock's mock has to say about \"%s\".",
            "You asked about \"%s\"; this answer comes from Penstock's mock, not from a model.",
            "About \"%s\": no provider was asked, Penstock's mock answers instead.",
            "Penstock's mock read your message about \"%s\" and answers in its place.");

    private static final List<String> BODIES = List.of(
            "A good first step is to write down what you already know and what you still need.",
            "Most teams begin with a small example, measure it, and only then widen the scope.",
            "There are usually two or three sensible ways to go about it, and they differ mainly in effort.",
            "It helps to name the goal, the limits and the people who depend on the result.",
            "If time is short, start with the part that carries the most risk.",
            "Keep an eye on cost and on how long each step takes.",
            "A short list of open questions will save more time than a long plan.",
            "What worked before is worth a second look before anything new is built.",
            "Ask someone who has not seen it yet to read the outcome; they will find the gaps.",
            "Once the basics hold, the details can follow one at a time.");

    private static final List<String> CLOSINGS = List.of(
            "Send the same request to a real provider for an answer with substance.",
            "Tell me which part matters most to you, and I will go on from there.",
            "The same request with the same seed gives this same text again.",
            "Ask again with more detail and the answer changes with it.");

    private Prose() {}

    /** Four to six sentences. */
    static String answer(String topic, RandomGenerator random) {
        List<String> sentences = new ArrayList<>();
        sentences.add(pick(OPENINGS, random).formatted(topic));
        sentences.addAll(some(2 + random.nextInt(3), random));
        sentences.add(pick(CLOSINGS, random));
        return String.join(" ", sentences);
    }

    /** Plain sentences, at least {@code length} characters in all. */
    static String filler(int length, RandomGenerator random) {
        StringBuilder text = new StringBuilder(pick(BODIES, random));
        while (text.length() < length) {
            text.append(' ').append(pick(BODIES, random));
        }
        return text.toString();
    }

    static <T> T pick(List<T> from, RandomGenerator random) {
        return from.get(random.nextInt(from.size()));
    }

    private static List<String> some(int count, RandomGenerator random) {
        int first = random.nextInt(BODIES.size());
        return IntStream.range(0, count)
                .mapToObj(i -> BODIES.get((first + 3 * i) % BODIES.size()))
                .toList();
    }
}
