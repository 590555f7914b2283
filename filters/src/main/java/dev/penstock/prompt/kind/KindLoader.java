package dev.penstock.prompt.kind;

import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.prompt.kind.Source.Line;
import dev.penstock.prompt.template.OutputTooLarge;
import dev.penstock.prompt.template.PromptException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads one kind's folder, and tries it with its example: what it lets through works. */
final class KindLoader {

    private static final Pattern QUOTED = Pattern.compile("'([^' ]+)'");

    private final KindFolder folder;
    private final Shared shared;

    KindLoader(Path folder, Shared shared) {
        this.folder = new KindFolder(folder);
        this.shared = shared;
    }

    /** @throws PromptException naming the file, the line where known, what was found and what was expected */
    Stored load() {
        KindFile file = KindFile.parse(folder.path("kind.yml"), folder.text("kind.yml"));
        Rules rules = named("kind.yml", "rules", () -> rules(file.rules()));
        InputSchema input = named("kind.yml", "input", () -> InputSchema.of(file.input(), rules, shared.brands()));
        named("kind.yml", "rules", () -> {
            rules.refuseGaps(input);
            return rules;
        });
        Map<String, PromptVersion> versions = versions(rules, input);
        StoredPrompt prompt = new StoredPrompt(folder.name(), file, versions, input, shared.brands());
        ObjectNode example = tryOut(prompt, file);
        return file.isContent()
                ? new Stored(prompt, Optional.of(kind(prompt, file, input, rules, example)))
                : new Stored(prompt, Optional.empty());
    }

    /** @param kind absent for a prompt that chats alone use */
    record Stored(StoredPrompt prompt, Optional<Kind> kind) {}

    private Kind kind(StoredPrompt prompt, KindFile file, InputSchema input, Rules rules, ObjectNode example) {
        OutputSchema output = named(file.output(), "", () -> OutputSchema.of(json(file.output()), input, rules));
        Fallback fallback = Fallback.of(
                folder.path(file.fallback()), object(file.fallback(), json(file.fallback())), shared.templates());
        List<Line> lines = Source.lines(folder.path(file.fallback()), folder.text(file.fallback()));
        refuseUnknownNames(lines, fallback.roots(), input);
        Kind kind = new Kind(prompt, output, fallback);
        kind.violation(kind.fallback(example), example).ifPresent(wrong -> {
            throw new PromptException(folder.path(file.fallback()), "with the example of kind.yml: " + wrong);
        });
        return kind;
    }

    private Rules rules(KindFile.RulesAsked asked) {
        return asked.table().isEmpty()
                ? Rules.NONE
                : new Rules(shared.platforms().table(asked.table()), asked.by());
    }

    private Map<String, PromptVersion> versions(Rules rules, InputSchema input) {
        Map<String, PromptVersion> versions = new TreeMap<>();
        for (String name : folder.versions()) {
            String file = name + ".txt";
            String path = folder.path(file);
            Source source = shared.partials().resolved(path, folder.bytes(file), folder.text(file));
            String hash =
                    Digest.of(rules.isEmpty() ? source.bytes() : source.with(Json.LENIENT_DEPTH.write(rules.table())));
            var texts = SectionReader.read(path, source.lines());
            PromptVersion version = PromptVersion.of(name, hash, texts, shared.templates());
            refuseUnknownNames(source.lines(), version.roots(), input);
            versions.put(name, version);
        }
        return versions;
    }

    private static void refuseUnknownNames(List<Line> lines, Set<String> roots, InputSchema input) {
        Set<String> unknown = new TreeSet<>(roots);
        unknown.removeAll(input.names());
        if (!unknown.isEmpty()) {
            Line first = first(lines, unknown);
            throw PromptException.at(
                    first.file(),
                    first.number(),
                    "names " + unknown + " (expected: fields of the input, " + input.names() + ")");
        }
    }

    /** Where one of these words stands first. */
    private static Line first(List<Line> lines, Set<String> words) {
        Pattern any = Pattern.compile("\\b(" + String.join("|", words) + ")\\b");
        return lines.stream()
                .filter(line -> any.matcher(line.text()).find())
                .findFirst()
                .orElse(lines.get(0));
    }

    private ObjectNode tryOut(StoredPrompt prompt, KindFile file) {
        Map<String, PromptVersion> versions = prompt.versions();
        if (!versions.containsKey(file.live())) {
            throw new PromptException(
                    folder.path("kind.yml"), "'live' " + file.live() + " (expected one of: " + versions.keySet() + ")");
        }
        ObjectNode input = named("kind.yml", "example", () -> prompt.input(file.example()));
        versions.values().forEach(version -> tryOut(prompt, version, input));
        return input;
    }

    private void tryOut(StoredPrompt prompt, PromptVersion version, ObjectNode input) {
        try {
            prompt.turns(version, input);
        } catch (OutputTooLarge tooLarge) {
            throw new PromptException(
                    folder.path(version.name() + ".txt"), "with the example of kind.yml: " + tooLarge.getMessage());
        }
    }

    private JsonNode json(String file) {
        try {
            return Json.LENIENT_DEPTH.read(folder.text(file));
        } catch (JacksonException broken) {
            int line = broken.getLocation() == null ? 1 : broken.getLocation().getLineNr();
            throw PromptException.at(folder.path(file), line, "not JSON: " + broken.getOriginalMessage());
        }
    }

    private ObjectNode object(String file, JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw new PromptException(folder.path(file), "not an object (expected: {…})");
    }

    private <T> T named(String file, String key, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException | GatewayException wrong) {
            String problem = wrong instanceof GatewayException it ? it.told().message() : wrong.getMessage();
            String told = (key.isEmpty() ? "" : "'" + key + "': ") + problem;
            throw PromptException.at(folder.path(file), line(file, told), told);
        }
    }

    /** Where the last of the names in quotes that stand in the file does: a path's end, or the key. */
    private int line(String file, String told) {
        List<Line> lines = Source.lines(folder.path(file), folder.text(file));
        int found = 1;
        Matcher names = QUOTED.matcher(told);
        while (names.find()) {
            String name = names.group(1);
            Pattern whole = Pattern.compile(
                    "(?<![\\w-])" + Pattern.quote(name.substring(name.lastIndexOf('.') + 1)) + "(?![\\w-])");
            found = lines.stream()
                    .filter(line -> whole.matcher(line.text()).find())
                    .map(Line::number)
                    .findFirst()
                    .orElse(found);
        }
        return found;
    }
}
