package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.exchange.Fact;
import dev.penstock.exchange.Step;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/architecture.md against the code: its table of steps, and every file and folder that it names. */
class ArchitectureDocTests {

    private static final Path ROOT = Path.of(System.getProperty("penstock.root", ".."));
    private static final Path MAIN = ROOT.resolve("filters/src/main/java/dev/penstock");
    private static final Pattern NAMED = Pattern.compile("`([a-z]+/[A-Za-z/]*(?:\\.java)?)`");

    @Test
    void theTableOfStepsIsTheEnum() throws IOException {
        String page = page();
        String table = page.substring(page.indexOf("|---|---|---|---|") + 18, page.indexOf("<!-- steps:end"));
        List<String> rows = table.strip()
                .lines()
                .map(row -> row.replaceAll(" \\| `[a-z]+/` \\|$", ""))
                .toList();
        List<String> steps = Arrays.stream(Step.values())
                .map(step -> "| " + step.order() + " | " + step.filter() + (step == Step.PARSE ? "… | " : " | ")
                        + facts(step))
                .map(String::stripTrailing)
                .toList();
        assertThat(rows.stream().map(String::stripTrailing).toList()).isEqualTo(steps);
    }

    @Test
    void everythingItNamesIsThere() throws IOException {
        List<String> missing = new ArrayList<>();
        Matcher named = NAMED.matcher(page());
        while (named.find()) {
            String path = named.group(1);
            if (!Files.exists(MAIN.resolve(path))
                    && !Files.exists(ROOT.resolve(path))
                    && !Files.exists(MAIN.resolve(path + ".java"))) {
                missing.add(path);
            }
        }
        assertThat(missing).isEmpty();
    }

    private static String facts(Step step) {
        return Arrays.stream(Fact.class.getFields())
                .map(ArchitectureDocTests::fact)
                .filter(fact -> fact.giver() == step)
                .map(Fact::name)
                .collect(Collectors.joining(", "));
    }

    private static Fact<?> fact(Field field) {
        try {
            return (Fact<?>) field.get(null);
        } catch (IllegalAccessException failure) {
            throw new AssertionError(failure);
        }
    }

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/architecture.md"));
    }
}
