package dev.penstock.prompt;

import dev.penstock.core.BrandRules;
import dev.penstock.core.Json;
import dev.penstock.core.Usage;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an answer says of itself, from what was measured and never from what a model wrote. What is not known is left out:
 * usage that the provider did not report, cost.
 */
final class Metadata {

    private static final int NANO_DIGITS = 9;

    /** Letters, digits and underscores behind a hash that no word stands before, at least one of them no digit. */
    private static final Pattern HASHTAG =
            Pattern.compile("(?<![\\p{L}\\p{N}_&/])#(?=[\\p{N}_]*\\p{L})[\\p{L}\\p{M}\\p{N}_]{1,100}");

    private Metadata() {}

    static ObjectNode of(LlmExchange exchange, Rendered rendered, ObjectNode answer) {
        ObjectNode metadata = Json.object();
        exchange.trail()
                .served()
                .ifPresent(
                        attempt -> metadata.put("provider", attempt.provider()).put("model", attempt.answeredModel()));
        metadata.putObject("prompt")
                .put("kind", rendered.kind().name())
                .put("version", rendered.version().name())
                .put("hash", rendered.version().hash());
        exchange.get(Fact.VARIANT).tell(metadata);
        metadata.put("fallback_used", false).put("repaired", false);
        exchange.trail().usage().ifPresent(usage -> metadata.set("usage", usage(usage)));
        exchange.trail().cost().ifPresent(nanos -> metadata.put("cost_usd", usd(nanos)));
        JsonNode content = answer.path("content");
        if (content.isString()) {
            metadata.put("character_count", characters(content.stringValue()));
            hashtags(content.stringValue()).ifPresent(tags -> metadata.set("hashtags", tags));
        }
        brand(rendered, answer, metadata);
        return metadata.put("request_id", exchange.id());
    }

    /** What word-for-word rules say, apart from what a model judged. */
    private static void brand(Rendered rendered, ObjectNode answer, ObjectNode to) {
        if (rendered.kind().prompt().brand(rendered.input()).isEmpty()) {
            return;
        }
        List<BrandRules.Finding> findings = rendered.kind().brandFindings(answer, rendered.input());
        ObjectNode brand = to.putObject("brand").put("compliant", findings.isEmpty());
        ArrayNode all = brand.putArray("findings");
        for (BrandRules.Finding finding : findings) {
            ObjectNode line = all.addObject().put("rule", finding.rule().wire());
            if (!finding.field().isEmpty()) {
                line.put("field", finding.field());
            }
            line.put("term", finding.term());
        }
    }

    private static ObjectNode usage(Usage usage) {
        return Json.object()
                .put("input_tokens", usage.input())
                .put("output_tokens", usage.output())
                .put("total_tokens", usage.total());
    }

    /** Exact, without an exponent. */
    private static BigDecimal usd(long nanos) {
        return nanos == 0
                ? BigDecimal.ZERO
                : new BigDecimal(BigDecimal.valueOf(nanos, NANO_DIGITS)
                        .stripTrailingZeros()
                        .toPlainString());
    }

    private static Optional<ArrayNode> hashtags(String text) {
        ArrayNode tags = JsonNodeFactory.instance.arrayNode();
        Matcher found = HASHTAG.matcher(text);
        while (found.find()) {
            tags.add(found.group());
        }
        return tags.isEmpty() ? Optional.empty() : Optional.of(tags);
    }

    /** Code points, as the limits count. */
    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }
}
