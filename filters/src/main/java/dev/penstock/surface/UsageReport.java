package dev.penstock.surface;

import dev.penstock.core.Json;
import dev.penstock.core.Usage;
import dev.penstock.exchange.LlmExchange;
import java.math.BigDecimal;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** What a stream tells at its end to those who sent {@code x-penstock-usage: true}. */
final class UsageReport {

    ObjectNode of(LlmExchange exchange) {
        ObjectNode report = Json.object();
        exchange.trail().served().ifPresent(served -> {
            report.put("provider", served.provider());
            report.put("model", served.answeredModel());
        });
        report.put("attempts", exchange.trail().sent());
        exchange.trail()
                .served()
                .filter(served -> served.capped() > 0)
                .ifPresent(it -> report.put("capped", it.capped()));
        exchange.trail().cost().ifPresent(nanoUsd -> report.put("cost_usd", new BigDecimal(Usd.of(nanoUsd))));
        exchange.trail().usage().ifPresent(usage -> report.set("usage", of(usage)));
        return report;
    }

    private static ObjectNode of(Usage usage) {
        return Json.object()
                .put("input_tokens", usage.input())
                .put("cached_input_tokens", usage.cacheRead())
                .put("output_tokens", usage.output())
                .put("reasoning_tokens", usage.reasoning())
                .put("total_tokens", usage.total())
                .put("source", usage.source().name().toLowerCase(Locale.ROOT));
    }
}
