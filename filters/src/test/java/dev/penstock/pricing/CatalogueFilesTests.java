package dev.penstock.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.penstock.core.Json;
import dev.penstock.testing.Generated;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The files of the catalogue: {@code docs/prices.md} says how they are made anew. */
class CatalogueFilesTests {

    private static final String FOLDER = "filters/src/main/resources/dev/penstock/pricing/";

    @Test
    void aRefreshConvertsTheNamedData() throws IOException {
        String source = System.getProperty("penstock.prices", "");
        assumeTrue(!source.isEmpty(), "-Dpenstock.prices=FILE names the data");
        JsonNode data = Json.LENIENT_DEPTH.read(Files.readAllBytes(Path.of(source)));
        JsonNode providers = data.isArray() ? data : data.path("providers");
        String commit = System.getProperty("penstock.prices.commit", "unknown");
        for (String service : services()) {
            Generated.check(FOLDER + service + ".txt", GenaiPrices.file(providers, service, commit));
        }
    }

    @Test
    void everyLineOfEveryFileIsReadAndPricedFromTheBeginning() throws IOException {
        for (String service : services()) {
            List<String> lines = lines(service + ".txt");
            assertThat(lines.get(0)).as(service).matches("# pydantic/genai-prices@[0-9a-f]{7,40}, MIT");
            assertThat(lines).as(service).hasSizeGreaterThan(1);
            for (String line : lines.subList(1, lines.size())) {
                Listed listed = new Listed(line, service, "0000000");
                assertThat(listed.at(Instant.EPOCH).isPresent()).as(line).isEqualTo(listed.priced());
            }
        }
    }

    private static List<String> services() throws IOException {
        return lines("services.jsonl").stream()
                .map(line -> Json.string(Json.LENIENT_DEPTH.read(line), "id"))
                .toList();
    }

    private static List<String> lines(String file) throws IOException {
        try (InputStream in = Catalogue.class.getResourceAsStream(file)) {
            assertThat(in).as(file).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
