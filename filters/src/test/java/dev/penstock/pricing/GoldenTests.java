package dev.penstock.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.penstock.core.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Costs against those of genai-prices, from whose data the catalogue is made. */
class GoldenTests {

    /** The day of the catalogue's commit. */
    private static final Instant THEN = Instant.parse("2026-08-21T12:00:00Z");

    private static final Path ALL = Path.of(
            System.getProperty("penstock.root", "."), "../shared/prices/genai-prices.usage-to-cost-golden.json.gz");

    private final PriceCheck check = new PriceCheck(Prices.builtin(), THEN);

    @Test
    void aFewRealUsagesCostWhatTheSourceSays() throws IOException {
        try (InputStream in = GoldenTests.class.getResourceAsStream("golden-sample.json")) {
            List<UsageLine> lines = lines(in.readAllBytes());
            assertThat(lines).hasSizeGreaterThan(20);
            assertThat(lines).allSatisfy(line -> assertThat(check.verdict(line)).isEmpty());
        }
    }

    @Test
    void everyGoldenUsageOfOpenAiAndAnthropicCostsWhatTheSourceSays() throws IOException {
        assumeTrue(Files.exists(ALL), "the golden file is not here");
        List<UsageLine> lines;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(ALL))) {
            lines = lines(in.readAllBytes());
        }
        Map<String, Integer> agree = new TreeMap<>();
        Map<String, Integer> others = new TreeMap<>();
        for (UsageLine line : lines) {
            String verdict = check.verdict(line);
            if (verdict.isEmpty()) {
                agree.merge(line.provider(), 1, Integer::sum);
            } else {
                others.merge(line.provider() + "/" + line.model() + ": " + verdict, 1, Integer::sum);
            }
        }
        System.out.println("golden usages that agree: " + agree);
        others.forEach((what, count) -> System.out.println("  " + count + " x " + what));
        assertThat(others.keySet()).noneMatch(it -> it.startsWith("openai/") || it.startsWith("anthropic/"));
        assertThat(agree.get("openai")).isGreaterThan(400);
        assertThat(agree.get("anthropic")).isGreaterThan(200);
    }

    private static List<UsageLine> lines(byte[] json) {
        JsonNode root = Json.LENIENT_DEPTH.read(json);
        return root.valueStream().flatMap(entry -> UsageLine.of(entry, THEN)).collect(Collectors.toList());
    }
}
