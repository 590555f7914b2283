package dev.penstock.pricing;

import dev.penstock.core.Json;
import dev.penstock.pricing.UsageLine.Side;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code penstock prices check USAGE.json}: what usages cost, and whether that is what the file expects. */
public final class PriceCheck {

    private final Prices prices;
    private final Instant now;

    /** {@code now} dates the usages that have no {@code at}. */
    public PriceCheck(Prices prices, Instant now) {
        this.prices = prices;
        this.now = now;
    }

    /** The exit code: 0 when every usage has a price and costs what is expected of it, where something is; else 1. */
    public int run(Path file, PrintStream out) {
        List<UsageLine> lines;
        try {
            lines = read(Json.LENIENT_DEPTH.read(Files.readAllBytes(file)));
        } catch (IOException | JacksonException | DateTimeException | IllegalArgumentException unreadable) {
            out.println(file + ": not readable (expected: a JSON list of usages, see docs/prices.md)");
            return 1;
        }
        int wrong = 0;
        for (UsageLine line : lines) {
            String verdict = verdict(line);
            out.println(
                    line.provider() + "/" + line.model() + " " + said(line) + (verdict.isEmpty() ? "" : " " + verdict));
            wrong += verdict.isEmpty() ? 0 : 1;
        }
        out.println(lines.size() + " usages, " + wrong + " without a price or not as expected");
        return wrong == 0 ? 0 : 1;
    }

    private List<UsageLine> read(JsonNode root) {
        if (!root.isArray()) {
            throw new IllegalArgumentException("not a list");
        }
        return root.valueStream().flatMap(entry -> UsageLine.of(entry, now)).toList();
    }

    private String said(UsageLine line) {
        return price(line)
                .map(price -> usd(price.cost(line.usage()).nanoUsd()) + " USD " + price.id())
                .orElse("no price");
    }

    /** Empty when nothing is wrong. */
    String verdict(UsageLine line) {
        Optional<Price> price = price(line);
        if (price.isEmpty()) {
            return "(expected: one in the catalogue or in prices.overrides)";
        }
        Cost cost = price.get().cost(line.usage());
        StringBuilder wrong = new StringBuilder();
        for (Map.Entry<Side, BigDecimal> expected : line.expected().entrySet()) {
            List<Cost.Line> side =
                    cost.lines().stream().filter(expected.getKey()::has).toList();
            BigDecimal ours = usd(side.stream().mapToLong(Cost.Line::nano).sum());
            BigDecimal apart = ours.subtract(expected.getValue()).abs().movePointRight(9);
            if (apart.compareTo(BigDecimal.valueOf(side.size())) > 0) {
                wrong.append(expected.getKey().name().toLowerCase(Locale.ROOT))
                        .append(' ')
                        .append(ours.toPlainString())
                        .append(" (expected: ")
                        .append(expected.getValue().toPlainString())
                        .append(") ");
            }
        }
        return wrong.toString().strip();
    }

    private Optional<Price> price(UsageLine line) {
        return prices.of(line.provider(), line.model(), line.at());
    }

    private static BigDecimal usd(long nano) {
        return BigDecimal.valueOf(nano, 9);
    }
}
