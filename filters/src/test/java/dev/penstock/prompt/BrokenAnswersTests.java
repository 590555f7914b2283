package dev.penstock.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.prompt.fit.Fit;
import dev.penstock.prompt.kind.Kind;
import dev.penstock.testing.BrokenAnswers;
import dev.penstock.testing.BrokenAnswers.Broken;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** The corpus of broken answers against what needs no network: what is made of each, and that it is labelled truthfully. */
class BrokenAnswersTests {

    static List<Broken> corpus() {
        return BrokenAnswers.all();
    }

    @Test
    void theCorpusIsLarge() {
        assertThat(corpus()).hasSizeGreaterThanOrEqualTo(120);
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void isLabelledTruthfully(Broken broken) {
        Kind kind = Contents.SHIPPED.get(broken.kind());
        ObjectNode input = kind.input(kind.prompt().example());
        Fit fit = Fit.of(kind, input, broken.text());
        String label = fit.answer() == null ? "fallback" : fit.repaired() ? "repaired" : "clean";
        assertThat(label)
                .as("%s: %s %s", broken.text(), fit.answer(), fit.problem())
                .isEqualTo(broken.label());
        ObjectNode given = fit.answer() == null ? kind.fallback(input) : fit.answer();
        assertThat(kind.violation(given, input)).as(broken.text()).isEmpty();
    }

    /** Whatever becomes of an answer on its way, what is made of it fits, or nothing is. */
    @Test
    void noMutationThrowsOrYieldsWhatDoesNotFit() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<Broken> corpus = corpus();
        for (int i = 0; i < 5_000; i++) {
            Broken broken = corpus.get(random.nextInt(corpus.size()));
            Kind kind = Contents.SHIPPED.get(broken.kind());
            ObjectNode input = kind.input(kind.prompt().example());
            String text = mutated(broken.text(), random);
            Fit fit = Fit.of(kind, input, text);
            if (fit.answer() != null) {
                assertThat(kind.violation(fit.answer(), input))
                        .as("seed %s: %s", seed, text)
                        .isEmpty();
                Json.LENIENT_DEPTH.read(Json.LENIENT_DEPTH.write(fit.answer()));
            } else {
                assertThat(fit.problem()).isNotEmpty();
            }
        }
    }

    private static String mutated(String text, Random random) {
        StringBuilder changed = new StringBuilder(text);
        for (int n = 1 + random.nextInt(4); n > 0 && !changed.isEmpty(); n--) {
            int from = random.nextInt(changed.length());
            int to = Math.min(changed.length(), from + 1 + random.nextInt(8));
            switch (random.nextInt(4)) {
                case 0 -> changed.setLength(from);
                case 1 -> changed.insert(from, "{}[]\",:'\\\n\ud83d0t”/*#".charAt(random.nextInt(17)));
                case 2 -> changed.delete(from, to);
                default -> changed.insert(from, changed.substring(from, to));
            }
        }
        return changed.toString();
    }
}
