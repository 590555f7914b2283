package dev.penstock.provider.anthropic;

import dev.penstock.core.Json;
import dev.penstock.provider.anthropic.AnthropicModel.Ability;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The table of {@code models.json}: the first row that matches counts, the last one matches every name.
 *
 * <p>A name that looks like a later generation gets the newest row. A name that tells nothing (an operator's alias) gets the
 * last: sampling and prefill pass, JSON schema is native since every model still sold has it, thinking is not asked for
 * since no form of it fits all.
 */
final class AnthropicModels {

    private final List<AnthropicModel> rows;

    private AnthropicModels(List<AnthropicModel> rows) {
        this.rows = rows;
    }

    static AnthropicModels shipped() {
        try (InputStream table = AnthropicModels.class.getResourceAsStream("models.json")) {
            JsonNode rows =
                    Json.LENIENT_DEPTH.read(Objects.requireNonNull(table).readAllBytes());
            return new AnthropicModels(
                    rows.valueStream().map(AnthropicModels::row).toList());
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    AnthropicModel of(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replace('.', '-');
        return rows.stream()
                .filter(row -> row.match().matcher(plain).find())
                .findFirst()
                .orElseThrow();
    }

    private static AnthropicModel row(JsonNode node) {
        EnumSet<Ability> can = EnumSet.noneOf(Ability.class);
        node.path("can").forEach(word -> can.add(Ability.valueOf(word.stringValue())));
        return new AnthropicModel(
                Pattern.compile(node.path("match").stringValue()),
                can,
                node.path("efforts").valueStream().map(JsonNode::stringValue).toList(),
                node.path("max-tokens").intValue());
    }
}
