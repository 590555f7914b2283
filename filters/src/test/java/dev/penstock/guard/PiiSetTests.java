package dev.penstock.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.core.TextKind;
import dev.penstock.guard.GuardrailConfig.Action;
import dev.penstock.guard.GuardrailConfig.Rule;
import dev.penstock.guard.detect.Match;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What docs/guards.md says of the detection of personal data, on the set that it names; skipped where the set is not there. */
class PiiSetTests {

    private static final Path SET =
            Path.of(System.getProperty("penstock.root", "..")).resolve("../shared/pii/texts.jsonl");
    private static final Map<String, String> STRUCTURED = Map.of(
            "EMAIL_ADDRESS", "email",
            "PHONE_NUMBER", "phone",
            "CREDIT_CARD", "card",
            "IBAN_CODE", "iban",
            "US_SSN", "ssn",
            "IP_ADDRESS", "ip");
    private static final double GOOD = 0.95;

    private final Inspection flagging = Guards.inspection(Guards.of(Rule.PII, Action.FLAG));

    private record Sample(String text, List<Match> spans) {}

    private static List<Sample> samples() throws IOException {
        Assumptions.assumeTrue(Files.exists(SET), "the set is not there");
        List<Sample> samples = new ArrayList<>();
        for (String line : Files.readAllLines(SET)) {
            JsonNode tree = Json.LENIENT_DEPTH.read(line);
            String text = tree.path("text").stringValue();
            List<Match> spans = new ArrayList<>();
            for (JsonNode span : tree.path("spans")) {
                String type = STRUCTURED.get(span.path("type").stringValue());
                if (type != null) {
                    int start = text.offsetByCodePoints(0, span.path("start").intValue());
                    int end = text.offsetByCodePoints(0, span.path("end").intValue());
                    spans.add(Match.of(type, start, end));
                }
            }
            samples.add(new Sample(text, spans));
        }
        return samples;
    }

    @Test
    void inMessages() throws IOException {
        measure("messages", this::whole);
    }

    @Test
    void inStreamsSplitAtRandom() throws IOException {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        Random random = new Random(seed);
        measure("streams (seed " + seed + ")", text -> pieces(text, random));
    }

    private List<Match> whole(String text) {
        return flagging.look(text, TextKind.MESSAGE, (control, failure) -> {}).stream()
                .map(Finding::match)
                .toList();
    }

    private List<Match> pieces(String text, Random random) {
        List<Match> found = new ArrayList<>();
        Mouth mouth = new Mouth(flagging, TextKind.MESSAGE, new Mouth.Listener() {
            @Override
            public void found(Finding finding, int offset) {
                Match match = finding.match();
                found.add(Match.of(match.type(), match.start() + offset, match.end() + offset));
            }

            @Override
            public void accept(Control control, RuntimeException failure) {
                throw failure;
            }
        });
        int at = 0;
        while (at < text.length()) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(12));
            mouth.say(text.substring(at, end));
            at = end;
        }
        mouth.end();
        return found;
    }

    private static void measure(String where, Function<String, List<Match>> detection) throws IOException {
        Map<String, Count> counts = new TreeMap<>();
        STRUCTURED.values().forEach(type -> counts.put(type, new Count()));
        Count all = new Count();
        int plain = 0;
        int alarms = 0;
        for (Sample sample : samples()) {
            List<Match> found = detection.apply(sample.text());
            plain += sample.spans().isEmpty() ? 1 : 0;
            alarms += sample.spans().isEmpty() && !found.isEmpty() ? 1 : 0;
            compare(sample, found, counts, all);
        }
        System.out.println(
                "In " + where + ": " + all + "; false alarms in " + alarms + " of " + plain + " plain texts");
        counts.forEach((type, count) -> System.out.println("  " + type + ": " + count));
        assertThat(all.f1()).isGreaterThanOrEqualTo(GOOD);
        assertThat(all.exact).isGreaterThanOrEqualTo((int) (GOOD * (all.right + all.missed)));
        assertThat(alarms).isLessThanOrEqualTo(plain / 100);
        assertThat(counts).allSatisfy((type, count) -> assertThat(count.f1()).isGreaterThanOrEqualTo(GOOD));
    }

    private static void compare(Sample sample, List<Match> found, Map<String, Count> counts, Count all) {
        for (Match span : sample.spans()) {
            boolean hit = found.stream().anyMatch(match -> same(match, span));
            boolean exact = found.stream()
                    .anyMatch(match -> same(match, span) && match.start() == span.start() && match.end() == span.end());
            for (Count count : List.of(counts.get(span.type()), all)) {
                count.right += hit ? 1 : 0;
                count.missed += hit ? 0 : 1;
                count.exact += exact ? 1 : 0;
            }
        }
        for (Match match : found) {
            if (sample.spans().stream().noneMatch(span -> same(match, span))) {
                counts.get(match.type()).wrong++;
                all.wrong++;
            }
        }
    }

    private static boolean same(Match one, Match other) {
        return one.type().equals(other.type()) && one.start() < other.end() && other.start() < one.end();
    }

    private static final class Count {

        private int right;
        private int exact;
        private int missed;
        private int wrong;

        private double f1() {
            return 2.0 * right / Math.max(1, 2 * right + missed + wrong);
        }

        @Override
        public String toString() {
            return "precision %.3f, recall %.3f, F1 %.3f, exact %d of %d"
                    .formatted(
                            right / Math.max(1.0, right + wrong),
                            right / Math.max(1.0, right + missed),
                            f1(),
                            exact,
                            right + missed);
        }
    }
}
