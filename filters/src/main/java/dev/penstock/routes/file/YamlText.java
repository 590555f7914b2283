package dev.penstock.routes.file;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Bytes to YAML nodes, bounded in size, nesting and aliases. */
final class YamlText {

    static final int LARGEST = 1 << 20;
    static final int DEEPEST = 32;

    private static final int MOST_ALIASES = 100;

    private final String file;
    private final Problems problems;
    private final LoadSettings settings;

    YamlText(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
        this.settings = LoadSettings.builder()
                .setLabel(file)
                .setUseMarks(true)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setCodePointLimit(LARGEST + 1)
                .build();
    }

    Optional<Node> compose(byte[] bytes) {
        if (bytes.length > LARGEST) {
            return refuse("larger than " + LARGEST + " bytes");
        }
        try {
            return compose(text(bytes));
        } catch (CharacterCodingException malformed) {
            return refuse("not UTF-8");
        } catch (MarkedYamlEngineException invalid) {
            Place place = invalid.getProblemMark()
                    .map(mark -> TreeReader.at(file, mark))
                    .orElse(Place.whole(file));
            problems.add(new Problem(place, "", "not YAML: " + SecretForms.hide(invalid.getProblem())));
            return Optional.empty();
        } catch (YamlEngineException invalid) {
            return refuse("not YAML: " + SecretForms.hide(String.valueOf(invalid.getMessage())));
        }
    }

    private Optional<Node> compose(String text) {
        // the composer calls itself for each level, so depth is looked at before it runs
        if (!shallow(text)) {
            return Optional.empty();
        }
        Optional<Node> root = new Compose(settings).composeString(text);
        return root.isPresent() ? root : refuse("empty (expected: providers, models, services, routes)");
    }

    private boolean shallow(String text) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            depth += event instanceof CollectionStartEvent ? 1 : 0;
            depth -= event instanceof CollectionEndEvent ? 1 : 0;
            if (depth > DEEPEST) {
                Place place = event.getStartMark()
                        .map(mark -> TreeReader.at(file, mark))
                        .orElse(Place.whole(file));
                problems.add(new Problem(place, "", "nested deeper than " + DEEPEST));
                return false;
            }
        }
        return true;
    }

    private static String text(byte[] bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private Optional<Node> refuse(String message) {
        problems.add(new Problem(Place.whole(file), "", message));
        return Optional.empty();
    }
}
