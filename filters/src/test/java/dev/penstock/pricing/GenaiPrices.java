package dev.penstock.pricing;

import dev.penstock.core.Json;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes a file of the catalogue from the data of pydantic/genai-prices (version 2). What it does not understand, it refuses. */
final class GenaiPrices {

    private static final Map<String, Item> ITEMS = Map.ofEntries(
            Map.entry("input_mtok", Item.INPUT),
            Map.entry("cache_read_mtok", Item.CACHED_INPUT),
            Map.entry("cache_write_mtok", Item.CACHE_WRITE),
            Map.entry("cache_write_1h_mtok", Item.CACHE_WRITE_HOUR),
            Map.entry("input_audio_mtok", Item.AUDIO_INPUT),
            Map.entry("cache_audio_read_mtok", Item.CACHED_AUDIO_INPUT),
            Map.entry("input_image_mtok", Item.IMAGE_INPUT),
            Map.entry("cache_image_read_mtok", Item.CACHED_IMAGE_INPUT),
            Map.entry("output_mtok", Item.OUTPUT),
            Map.entry("output_reasoning_mtok", Item.REASONING),
            Map.entry("output_audio_mtok", Item.AUDIO_OUTPUT),
            Map.entry("output_image_mtok", Item.IMAGE_OUTPUT),
            Map.entry("web_searches_kcount", Item.WEB_SEARCH),
            Map.entry("requests_kcount", Item.REQUEST));

    /** The only regular expressions that are taken: plain text and digits. */
    private static final Pattern DIGITS = Pattern.compile("\\\\d(?:\\{(\\d+)})?");

    private GenaiPrices() {}

    /** The file of one service: a line about the source, then a line for each model. */
    static String file(JsonNode providers, String service, String commit) {
        JsonNode provider = providers
                .valueStream()
                .filter(it -> Json.string(it, "id").equals(service))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no provider " + service + " in the data"));
        StringBuilder file = new StringBuilder("# pydantic/genai-prices@" + commit + ", MIT\n");
        provider.path("models").forEach(model -> {
            rules(model.path("match")).forEach(rule -> file.append(rule).append(' '));
            file.append(Json.LENIENT_DEPTH.text(model(model))).append('\n');
        });
        return file.toString();
    }

    private static ObjectNode model(JsonNode model) {
        ObjectNode line = Json.object().put("id", Json.string(model, "id"));
        if (model.path("context_window").isNumber()) {
            line.put("window", model.path("context_window").longValue());
        }
        ArrayNode prices = line.putArray("prices");
        JsonNode all = model.path("prices");
        List<ObjectNode> made = new ArrayList<>();
        if (all.isArray()) {
            all.forEach(one -> made.add(price(one.path("prices"), one.path("constraint"))));
        } else {
            made.add(price(all, Json.object()));
        }
        // a model with a price that no line can hold has none, rather than one that is too low
        if (made.stream().allMatch(it -> it.has(Item.INPUT.key()))) {
            made.forEach(prices::add);
        }
        return line;
    }

    private static ObjectNode price(JsonNode prices, JsonNode constraint) {
        ObjectNode made = Json.object();
        if (!ITEMS.keySet().containsAll(new TreeSet<>(prices.propertyNames()))) {
            return made;
        }
        if (constraint.has("start_date")) {
            made.put("from", Json.string(constraint, "start_date"));
        } else if (constraint.has("start_time")) {
            made.put("daily", time(constraint, "start_time") + "-" + time(constraint, "end_time"));
        } else if (!constraint.isEmpty() && !constraint.isNull()) {
            throw new IllegalStateException("unknown constraint " + constraint);
        }
        Map<Item, JsonNode> rates = new EnumMap<>(Item.class);
        prices.propertyStream().forEach(it -> rates.put(ITEMS.get(it.getKey()), rate(it.getValue())));
        rates.forEach((item, rate) -> made.set(item.key(), rate));
        return made;
    }

    private static String time(JsonNode constraint, String key) {
        Matcher time = Pattern.compile("(\\d\\d:\\d\\d):00Z").matcher(Json.string(constraint, key));
        if (!time.matches()) {
            throw new IllegalStateException("unknown time in " + constraint);
        }
        return time.group(1);
    }

    private static JsonNode rate(JsonNode rate) {
        if (rate.isNumber()) {
            return sound(rate);
        }
        ArrayNode made = Json.object().arrayNode().add(sound(rate.get("base")));
        rate.path("tiers").forEach(tier -> made.add(tier.get("start")).add(sound(tier.get("price"))));
        return made;
    }

    private static JsonNode sound(JsonNode usd) {
        if (usd.decimalValue().signum() < 0) {
            throw new IllegalStateException("a price below zero: " + usd);
        }
        return usd;
    }

    private static Stream<String> rules(JsonNode match) {
        Map.Entry<String, JsonNode> clause = match.properties().iterator().next();
        JsonNode value = clause.getValue();
        return switch (clause.getKey()) {
            case "or" -> value.valueStream().flatMap(GenaiPrices::rules);
            case "equals" -> Stream.of(plain(value.stringValue()));
            case "starts_with" -> Stream.of(plain(value.stringValue()) + "*");
            case "ends_with" -> Stream.of("*" + plain(value.stringValue()));
            case "contains" -> Stream.of("*" + plain(value.stringValue()) + "*");
            case "regex" -> Stream.of(regex(value.stringValue()));
            default -> throw new IllegalStateException("unknown rule " + match);
        };
    }

    private static String plain(String text) {
        if (!text.matches("[^\\s*#{]+")) {
            throw new IllegalStateException("a name that a rule cannot hold: " + text);
        }
        return text;
    }

    private static String regex(String regex) {
        boolean whole = regex.endsWith("$");
        String body = regex.substring(1, regex.length() - (whole ? 1 : 0)).replace("\\.", ".");
        String text = DIGITS.matcher(body)
                .replaceAll(it -> "#".repeat(it.group(1) == null ? 1 : Integer.parseInt(it.group(1))));
        if (!regex.startsWith("^") || !text.matches("[A-Za-z0-9#./:_-]+")) {
            throw new IllegalStateException("a regular expression that is not plain: " + regex);
        }
        return whole ? text : text + "*";
    }
}
