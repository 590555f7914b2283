package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house that are about text: sizes, words, leftovers. */
class HouseTests {

    private static final int LONGEST_FILE = 300;
    private static final int MEDIAN_FILE = 60;
    private static final int LONGEST_METHOD = 30;
    private static final Pattern LEFTOVER = Pattern.compile("\\b(TODO|FIXME|XXX)\\b|@author");
    private static final Pattern BANNED_NAME =
            Pattern.compile("(Manager|Helper|Util|Utils|Processor|Info|Backend)\\.java$");
    private static final Pattern METHOD = Pattern.compile("^    (?! )[^*/@}].*\\)\\s*(throws [\\w., ]+)?\\s*\\{$");

    private static final Path ROOT = Path.of(System.getProperty("penstock.root", ".."));

    @Test
    void filesAreSmall() throws IOException {
        List<Integer> sizes = new ArrayList<>();
        for (Path file : mainFiles()) {
            int size = Files.readAllLines(file).size();
            assertThat(size).as("lines of %s", file).isLessThanOrEqualTo(LONGEST_FILE);
            if (!file.endsWith("package-info.java")) {
                sizes.add(size);
            }
        }
        sizes.sort(null);
        assertThat(sizes.get(sizes.size() / 2)).as("median lines").isLessThanOrEqualTo(MEDIAN_FILE);
    }

    @Test
    void methodsAreSmall() throws IOException {
        for (Path file : mainFiles()) {
            List<String> lines = Files.readAllLines(file);
            int start = -1;
            for (int i = 0; i < lines.size(); i++) {
                if (METHOD.matcher(lines.get(i)).matches()) {
                    start = i;
                } else if (lines.get(i).startsWith("    }") && start >= 0) {
                    assertThat(i - start - 1)
                            .as("lines of the method at %s:%d", file, start + 1)
                            .isLessThanOrEqualTo(LONGEST_METHOD);
                    start = -1;
                }
            }
        }
    }

    @Test
    void nothingIsLeftOver() throws IOException {
        for (Path file : mainFiles()) {
            assertThat(Files.readString(file)).as(file.toString()).doesNotContainPattern(LEFTOVER);
            assertThat(file.toString()).doesNotContainPattern(BANNED_NAME);
        }
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        for (Path file : mainFiles()) {
            assertThat(file.resolveSibling("package-info.java"))
                    .as(file.getParent().toString())
                    .exists();
        }
    }

    private static List<Path> mainFiles() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String module : List.of("filters", "observability", "gateway")) {
            try (Stream<Path> tree = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                tree.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
            }
        }
        return files;
    }
}
