package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.exchange.SecurityEvent;
import dev.penstock.gateway.admin.AdminRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/security.md against the code. */
class SecurityDocTests {

    private static final Path PAGE = RunningGateway.root().resolve("docs/security.md");

    @Test
    void everyRiskOfTheTopTenNamesTestsThatExist() throws IOException {
        String page = Files.readString(PAGE);
        String table = page.substring(page.indexOf("## The OWASP API"));
        Set<String> tests = tests();
        for (int risk = 1; risk <= 10; risk++) {
            String row = row(table, "| API" + risk + " ");
            assertThat(named(row)).as(row).isNotEmpty().isSubsetOf(tests);
        }
    }

    @Test
    void everySecurityEventAndEveryRoleIsDescribed() throws IOException {
        String page = Files.readString(PAGE);
        Arrays.stream(SecurityEvent.Kind.values())
                .forEach(kind -> assertThat(page).contains("| `" + kind.wire() + "` |"));
        Arrays.stream(AdminRole.values()).forEach(role -> assertThat(page).contains("| `" + role.wire() + "` |"));
    }

    private static String row(String table, String beginning) {
        return table.lines()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .orElse("none of " + beginning);
    }

    private static Set<String> named(String row) {
        return Pattern.compile("`(\\w+Tests)`")
                .matcher(row)
                .results()
                .map(it -> it.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> tests() throws IOException {
        Pattern name = Pattern.compile("(\\w+Tests)\\.java$");
        try (Stream<Path> tree = Files.walk(RunningGateway.root())) {
            return tree.filter(file -> file.toString().contains("src/test/java"))
                    .flatMap(file -> name.matcher(file.toString()).results())
                    .map((MatchResult it) -> it.group(1))
                    .collect(Collectors.toSet());
        }
    }
}
