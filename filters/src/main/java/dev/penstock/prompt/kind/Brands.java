package dev.penstock.prompt.kind;

import dev.penstock.core.BrandRules;
import dev.penstock.core.Json;
import dev.penstock.prompt.template.PromptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The brand profiles of one directory, {@code brands/NAME.yml}: what a caller may name in place of writing it into every request.
 *
 * @param path for messages
 */
record Brands(String path, Map<String, Profile> profiles) {

    static final String FOLDER = "brands";

    private static final String PROFILE = "profile";
    private static final String END = ".yml";
    private static final List<String> TEXTS = List.of("voice", "tone");
    private static final List<String> KEYS =
            List.of("voice", "tone", "keywords", "style", "forbidden_terms", "required_disclaimers", "competitors");

    /**
     * One brand.
     *
     * @param context members of {@code brand_context} that hold where the request says nothing
     */
    record Profile(ObjectNode context, BrandRules rules) {}

    /**
     * Without the folder there are none.
     *
     * @throws PromptException with the line of what is wrong
     */
    static Brands read(Path kinds) {
        KindFolder folder = new KindFolder(kinds.resolve(FOLDER));
        Map<String, Profile> profiles = new TreeMap<>();
        if (Files.isDirectory(folder.folder())) {
            for (String file : files(folder.folder())) {
                YamlFile yaml = YamlFile.parse(folder.path(file), folder.text(file));
                profiles.put(file.substring(0, file.length() - END.length()), profile(yaml));
            }
        }
        return new Brands(kinds.resolve(FOLDER).toString(), profiles);
    }

    private static List<String> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(END) && !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new PromptException(folder.toString(), "cannot be read: " + unreadable.getMessage());
        }
    }

    private static Profile profile(YamlFile yaml) {
        yaml.refuseOthersThan(KEYS);
        ObjectNode context = Json.object();
        for (String key : TEXTS) {
            if (!yaml.get(key).isMissingNode()) {
                if (!yaml.get(key).isString()) {
                    throw yaml.problem(key, "is not a text (expected: a text)");
                }
                context.set(key, yaml.get(key));
            }
        }
        if (!texts(yaml, "keywords").isEmpty()) {
            context.set("keywords", yaml.get("keywords"));
        }
        if (!yaml.get("style").isMissingNode()) {
            if (!yaml.get("style").isObject()) {
                throw yaml.problem("style", "is not a mapping (expected: a mapping)");
            }
            context.set("style", yaml.get("style"));
        }
        return new Profile(
                context,
                new BrandRules(
                        texts(yaml, "forbidden_terms"),
                        texts(yaml, "required_disclaimers"),
                        texts(yaml, "competitors")));
    }

    private static List<String> texts(YamlFile yaml, String key) {
        JsonNode list = yaml.get(key);
        boolean isList = list.isArray()
                && list.valueStream()
                        .allMatch(text -> text.isString() && !text.stringValue().isBlank());
        if (!list.isMissingNode() && !isList) {
            throw yaml.problem(key, "is not a list of texts (expected: [text, …])");
        }
        return list.valueStream().map(JsonNode::stringValue).toList();
    }

    /** Lets a request name one of them, where there are any. */
    void offer(ObjectNode fields) {
        if (!profiles.isEmpty()) {
            ArrayNode names = fields.putObject(PROFILE).put("type", "string").putArray("enum");
            profiles.keySet().forEach(names::add);
        }
    }

    /** The request with what its profile says where it says nothing itself. */
    ObjectNode applied(ObjectNode input) {
        JsonNode named = input.path("brand_context").path(PROFILE);
        if (named.isMissingNode()) {
            return input;
        }
        ObjectNode merged = input.deepCopy();
        ObjectNode context = merged.withObjectProperty("brand_context");
        profiles.get(named.stringValue())
                .context()
                .properties()
                .forEach(member -> context.putIfAbsent(member.getKey(), member.getValue()));
        return merged;
    }

    /** What the request's guidelines and its profile forbid and demand. */
    BrandRules rules(JsonNode input) {
        JsonNode guidelines = input.path("brand_guidelines");
        JsonNode named = input.path("brand_context").path(PROFILE);
        BrandRules own = new BrandRules(
                listed(guidelines, "forbidden_terms"),
                listed(guidelines, "required_disclaimers"),
                listed(guidelines, "competitors"));
        return named.isString() ? own.and(profiles.get(named.stringValue()).rules()) : own;
    }

    private static List<String> listed(JsonNode guidelines, String key) {
        return guidelines
                .path(key)
                .valueStream()
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .toList();
    }
}
