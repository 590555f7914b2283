package dev.penstock.pricing;

import dev.penstock.core.Json;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * Somebody who sells models, and how a provider of routes.yml is known to be one: a line of {@code services.jsonl}.
 *
 * @param id names its file
 * @param names what operators call it
 * @param hosts exact, or everything below one that begins with a dot
 * @param dialects that nobody else speaks
 * @param also services whose models it sells too, at their price
 */
record Service(String id, List<String> names, List<String> hosts, List<String> dialects, List<String> also) {

    static Service read(JsonNode line) {
        return new Service(
                Json.string(line, "id"),
                texts(line, "names"),
                texts(line, "hosts"),
                texts(line, "dialects"),
                texts(line, "also"));
    }

    private static List<String> texts(JsonNode line, String key) {
        return line.path(key).valueStream().map(JsonNode::stringValue).toList();
    }

    boolean named(String provider) {
        String name = provider.toLowerCase(Locale.ROOT);
        return id.equals(name) || names.contains(name);
    }

    boolean at(String host) {
        String found = host.toLowerCase(Locale.ROOT);
        return hosts.stream().anyMatch(it -> it.startsWith(".") ? found.endsWith(it) : found.equals(it));
    }

    boolean speaks(String dialect) {
        return dialects.contains(dialect);
    }
}
