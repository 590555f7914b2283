package dev.penstock.provider.mock.draft;

import dev.penstock.core.Json;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Quotes the figures that it was given, those of the metrics asked for first, and says which are missing. */
final class InsightsDraft implements Draft {

    private static final int MOST = 5;
    private static final String NUMBER = "-?\\d{1,15}(?:\\.\\d{1,9})?";

    @Override
    public @Nullable ObjectNode of(Brief brief, long seed) {
        List<String> figures = brief.lines("performance data");
        if (figures.isEmpty()) {
            return null;
        }
        String period = brief.text("time period")
                .map(it -> " (" + Phrase.of(it, 100) + ")")
                .orElse("");
        ObjectNode draft = Json.object();
        ArrayNode insights = draft.putArray("insights");
        List<String> metrics = brief.lines("metrics");
        Stream.concat(figures.stream().filter(line -> asked(line, metrics)), figures.stream())
                .distinct()
                .limit(MOST)
                .forEach(line -> insights.add(insight(line, period)));
        metrics.stream()
                .filter(metric -> figures.stream().noneMatch(line -> asked(line, List.of(metric))))
                .limit(MOST)
                .forEach(metric -> insights.add("The data has no figure for " + metric + "."));
        draft.putArray("recommendations")
                .add("Look at " + Phrase.clip(name(figures.get(0)), 100)
                        + " again in two weeks, before anything else is changed.")
                .add("Put the next hour of work where the figures are best, and compare before and after.");
        return draft;
    }

    private static boolean asked(String line, List<String> metrics) {
        String known = line.toLowerCase(Locale.ROOT).replace('_', ' ');
        return metrics.stream()
                .anyMatch(
                        metric -> known.contains(metric.toLowerCase(Locale.ROOT).replace('_', ' ')));
    }

    private static String insight(String line, String period) {
        String value = line.substring(Math.min(line.length(), name(line).length() + 2));
        if (!value.matches(NUMBER + "(?:, " + NUMBER + "){1,59}")) {
            return "Measured" + period + ": " + Phrase.clip(line, 400) + ".";
        }
        String[] all = value.split(", ");
        double change = Double.parseDouble(all[all.length - 1]) - Double.parseDouble(all[0]);
        String way = change > 0 ? "rose" : change < 0 ? "fell" : "stayed the same";
        return Phrase.capital(Phrase.clip(name(line), 200)) + " " + way + period + ": from " + all[0] + " to "
                + all[all.length - 1] + ".";
    }

    private static String name(String line) {
        int colon = line.indexOf(": ");
        return colon < 0 ? line : line.substring(0, colon);
    }
}
