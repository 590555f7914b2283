package dev.penstock.experiment.shadow;

import dev.penstock.core.Chunk;
import dev.penstock.core.Json;
import dev.penstock.exchange.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What one answer said, kept to be compared: of a stream its first MB. One thread after the other. */
final class Heard {

    private static final int MOST_BYTES = 1024 * 1024;
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

    /** What Penstock adds to an answer of its own. */
    private static final String METADATA = "metadata";

    private final List<Chunk> chunks = new ArrayList<>();
    private final List<JsonNode> bodies = new ArrayList<>(1);
    private int bytes;

    /** The same answer. It is kept as it is: read only when somebody wants the text, so that its caller does not wait for it. */
    Answer follow(Answer answer) {
        if (answer instanceof Answer.Streamed stream) {
            return stream.map(events -> events.doOnNext(this::keep));
        }
        bodies.add(((Answer.Whole) answer).body());
        return answer;
    }

    private void keep(Chunk chunk) {
        if (chunk.mark() == Chunk.Mark.SEMANTIC && bytes < MOST_BYTES) {
            bytes += chunk.data().length;
            chunks.add(chunk);
        }
    }

    /** Of a chat the text of all choices, of a kind's object all texts in it. */
    String text() {
        StringBuilder text = new StringBuilder();
        bodies.forEach(body -> text(body, text));
        chunks.forEach(chunk -> text(Json.LENIENT_DEPTH.read(chunk.data()), text));
        return text.toString();
    }

    private static void text(JsonNode body, StringBuilder to) {
        JsonNode choices = body.path("choices");
        if (!choices.isArray()) {
            texts(body, to);
        }
        for (JsonNode choice : choices) {
            to.append(Json.string(choice.path("message"), "content"));
            to.append(Json.string(choice.path("delta"), "content"));
        }
    }

    private static void texts(JsonNode node, StringBuilder to) {
        if (node.isString()) {
            to.append(node.stringValue()).append(' ');
        } else if (node.isObject()) {
            node.properties().stream()
                    .filter(member -> !member.getKey().equals(METADATA))
                    .forEach(member -> texts(member.getValue(), to));
        } else {
            node.forEach(each -> texts(each, to));
        }
    }

    /** The share of words that both have among those that either has, 0 to 1; 1 where neither has any. */
    static double similarity(String one, String other) {
        Set<String> both = words(one);
        Set<String> either = words(other);
        Set<String> others = Set.copyOf(either);
        either.addAll(both);
        both.retainAll(others);
        return either.isEmpty() ? 1 : (double) both.size() / either.size();
    }

    private static Set<String> words(String text) {
        Set<String> words = new TreeSet<>(List.of(BETWEEN.split(text.toLowerCase(Locale.ROOT))));
        words.remove("");
        return words;
    }
}
