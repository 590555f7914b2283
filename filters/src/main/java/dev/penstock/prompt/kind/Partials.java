package dev.penstock.prompt.kind;

import dev.penstock.prompt.kind.Source.Line;
import dev.penstock.prompt.template.PromptException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Texts that versions of any kind include by a line {@code === include NAME}: the files {@code _partials/NAME.txt} beside the
 * kinds. They are put in before a section is cut or a template compiled, so that no value can include anything. A partial
 * opens no section and includes nothing.
 */
final class Partials {

    static final String FOLDER = "_partials";

    private static final String INCLUDE = "=== include";
    private static final String ENDING = ".txt";

    private final Path directory;
    private final KindFolder folder;

    /** {@code kinds} is the directory of the kinds. */
    Partials(Path kinds) {
        this.directory = kinds.resolve(FOLDER);
        this.folder = new KindFolder(directory);
    }

    /** @throws PromptException naming the line that includes what is not there, or the partial's line that is wrong */
    Source resolved(String file, byte[] bytes, String text) {
        List<Line> lines = new ArrayList<>();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(bytes);
        List<Line> own = Source.lines(file, text);
        for (Line line : own) {
            if (line.text().startsWith(INCLUDE)) {
                String partial = named(line) + ENDING;
                lines.addAll(partial(partial));
                all.writeBytes(folder.bytes(partial));
            } else {
                lines.add(line);
            }
        }
        return new Source(List.copyOf(lines), all.toByteArray());
    }

    private String named(Line line) {
        String name = line.text().substring(INCLUDE.length()).strip();
        List<String> known = names();
        if (!known.contains(name)) {
            throw PromptException.at(
                    line.file(),
                    line.number(),
                    "'" + line.text().stripTrailing() + "' names no partial (expected one of: "
                            + String.join(", ", known) + ")");
        }
        return name;
    }

    private List<Line> partial(String file) {
        List<Line> lines = Source.lines(folder.path(file), folder.text(file));
        for (Line line : lines) {
            if (line.text().startsWith("===")) {
                throw PromptException.at(
                        line.file(), line.number(), "a line that starts with === (expected: none in a partial)");
            }
        }
        return lines;
    }

    private List<String> names() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new PromptException(directory.toString(), "cannot be read: " + unreadable.getMessage());
        }
    }
}
