package dev.penstock.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.exchange.Step;
import dev.penstock.routes.define.OrdinaryFilters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.cloud.gateway.filter.factory.GatewayFilterFactory;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;

/** Holds docs/filters/ to what the compiler does. */
class FilterPagesTests {

    private static final Path PAGES =
            Path.of(System.getProperty("penstock.root", "..")).resolve("docs/filters");
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z]+)`");

    @Test
    void everyStepHasItsPage() {
        assertThat(Steps.all())
                .allSatisfy(
                        step -> assertThat(PAGES.resolve(step.name() + ".md")).exists());
    }

    @Test
    void everyStepOfTheEnumIsAmongThem() {
        List<String> names =
                Steps.all().stream().map(GatewayFilterFactory::name).toList();
        assertThat(Step.values())
                .allSatisfy(step -> assertThat(names)
                        .anyMatch(name ->
                                step == Step.PARSE ? name.startsWith(step.filter()) : name.equals(step.filter())));
    }

    @Test
    void theTableSaysWhatTheCompilerSays() throws IOException {
        Map<String, String> rows = rows();
        assertThat(rows).hasSizeGreaterThan(30);
        rows.forEach((name, instead) -> {
            boolean works = instead.startsWith("on answers") || instead.equals("likewise");
            assertThat(OrdinaryFilters.works(name)).as(name).isEqualTo(works);
            assertThat(works ? instead : OrdinaryFilters.instead(name)).as(name).isEqualTo(instead);
        });
    }

    @Test
    void everyFilterOfSpringIsInTheTable() throws IOException {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AssignableTypeFilter(GatewayFilterFactory.class));
        assertThat(scanner.findCandidateComponents("org.springframework.cloud.gateway.filter.factory"))
                .extracting(BeanDefinition::getBeanClassName)
                .hasSizeGreaterThan(30)
                .extracting(FilterPagesTests::filterName)
                .filteredOn(name -> !name.equals("LocalResponseCache"))
                .isSubsetOf(rows().keySet());
    }

    private static String filterName(String type) {
        String simple = type.substring(type.lastIndexOf('.') + 1).replaceAll("(Gateway)?FilterFactory$", "");
        return simple.startsWith("SpringCloudCircuitBreaker") ? "CircuitBreaker" : simple;
    }

    /** Filter by filter, the second column without its code marks. */
    private static Map<String, String> rows() throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(PAGES.resolve("ordinary.md"))) {
            String[] cells = line.split("\\|");
            Matcher name = NAME.matcher(line.startsWith("| `") ? cells[1] : "");
            while (name.find()) {
                rows.put(name.group(1), cells[2].strip().replace("`", ""));
            }
        }
        return rows;
    }
}
