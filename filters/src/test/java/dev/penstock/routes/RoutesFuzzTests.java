package dev.penstock.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.routes.file.ConfigException;
import dev.penstock.testing.Fuzz;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever stands in routes.yml is taken or refused, with a place. */
class RoutesFuzzTests {

    @Test
    void aFileIsCompiledOrRefusedWithItsPlace() {
        Fuzz.of("routes").within(60_000_000, 50_000).run(60, input -> {
            try {
                Compiling.compile(input, Map.of());
            } catch (ConfigException refused) {
                assertThat(refused.problems())
                        .isNotEmpty()
                        .allSatisfy(problem -> assertThat(problem.toString()).contains("routes.yml"));
            }
        });
    }
}
