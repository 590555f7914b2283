package dev.penstock.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code penstock prices check}. */
class PriceCheckTests {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void aUsageIsPricedAtItsTime() throws IOException {
        int code = check("""
                [ {"provider": "anthropic", "model": "claude-sonnet-5", "at": "2026-09-01T00:00:00Z",
                   "usage": {"input_tokens": 1000, "cache_read_tokens": 400, "output_tokens": 10}},
                  {"provider": "anthropic", "model": "claude-sonnet-5", "usage": {"input_tokens": 1000}} ]
                """);
        assertThat(code).isZero();
        assertThat(lines())
                .containsExactly(
                        "anthropic/claude-sonnet-5 0.002070000 USD anthropic/claude-sonnet-5@2026-09-01.47df840",
                        "anthropic/claude-sonnet-5 0.002000000 USD anthropic/claude-sonnet-5@47df840",
                        "2 usages, 0 without a price or not as expected");
    }

    @Test
    void whatIsExpectedMayBeOneNanoOffForEachLine() throws IOException {
        String entry = "[{\"provider\":\"openai\",\"model\":\"gpt-4.1-nano\",\"usage\":{\"input_tokens\":1,"
                + "\"output_tokens\":1},\"input_price\":\"%s\",\"total_price\":0.0000005}]";
        assertThat(check(entry.formatted("0.000000101"))).isZero();
        assertThat(check(entry.formatted("0.000000102"))).isEqualTo(1);
        assertThat(lines()).anyMatch(it -> it.endsWith("input 0.000000100 (expected: 0.000000102)"));
    }

    @Test
    void aUsageWithoutAPriceFails() throws IOException {
        assertThat(check("[{\"provider\":\"openai\",\"model\":\"gpt-9\",\"usage\":{}}]"))
                .isEqualTo(1);
        assertThat(lines())
                .containsExactly(
                        "openai/gpt-9 no price (expected: one in the catalogue or in prices.overrides)",
                        "1 usages, 1 without a price or not as expected");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "[{\"provider\":\"openai\",\"at\":\"noon\"}]", "[{\"total_price\":\"much\"}]", "[1"})
    void whatIsNoListOfUsagesIsSaid(String text) throws IOException {
        assertThat(check(text)).isEqualTo(1);
        assertThat(lines()).singleElement().asString().contains("(expected: a JSON list of usages");
    }

    @Test
    void aMissingFileIsSaid() {
        PriceCheck check = new PriceCheck(Prices.builtin(), Instant.parse("2026-08-21T00:00:00Z"));
        assertThat(check.run(folder.resolve("none.json"), new PrintStream(said)))
                .isEqualTo(1);
    }

    private int check(String text) throws IOException {
        said.reset();
        Path file = Files.writeString(folder.resolve("usage.json"), text);
        return new PriceCheck(Prices.builtin(), Instant.parse("2026-08-21T00:00:00Z"))
                .run(file, new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    private String[] lines() {
        return said.toString(StandardCharsets.UTF_8).lines().toArray(String[]::new);
    }
}
