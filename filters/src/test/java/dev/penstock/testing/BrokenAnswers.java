package dev.penstock.testing;

import dev.penstock.core.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Answers as models write them: {@code src/test/resources/answers}, one file for each category, one JSON line for each answer. */
public final class BrokenAnswers {

    private BrokenAnswers() {}

    /**
     * @param name category and line
     * @param label what has to be said of it: clean, repaired or fallback
     */
    public record Broken(String name, String kind, String label, String text) {

        @Override
        public String toString() {
            return name + " " + kind + " " + label;
        }
    }

    /** All of them, in the order of their names. */
    public static List<Broken> all() {
        Path folder = Path.of(System.getProperty("penstock.root", "..")).resolve("filters/src/test/resources/answers");
        List<Broken> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                read(file, all);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return all;
    }

    private static void read(Path file, List<Broken> to) throws IOException {
        int line = 0;
        for (String text : Files.readAllLines(file)) {
            JsonNode entry = Json.LENIENT_DEPTH.read(text);
            String category = file.getFileName().toString().replace(".jsonl", "");
            to.add(new Broken(
                    category + ":" + ++line,
                    Json.string(entry, "kind"),
                    Json.string(entry, "label"),
                    Json.string(entry, "text")));
        }
    }
}
