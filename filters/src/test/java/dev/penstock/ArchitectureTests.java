package dev.penstock;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The walls of the house. */
class ArchitectureTests {

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.penstock");

    private static final List<String> FEATURES = List.of(
            "admit",
            "alert",
            "audit",
            "budget",
            "credential",
            "experiment",
            "guard",
            "journal",
            "keys",
            "limit",
            "pricing",
            "prompt",
            "security",
            "surface",
            "telemetry",
            "upstream",
            "usage");

    /** Who may know whom beside the spine; the list of models asks for its caller and its names itself. */
    private static final Map<String, Set<String>> EXCEPTIONS = Map.of(
            "upstream",
            Set.of("budget", "credential", "limit"),
            "experiment",
            Set.of("journal", "prompt"),
            "surface",
            Set.of("admit", "budget", "experiment", "keys", "limit", "prompt", "upstream"),
            "guard",
            Set.of("prompt"),
            "audit",
            Set.of("alert", "journal"),
            "usage",
            Set.of("journal", "pricing"),
            "keys",
            Set.of("budget", "journal", "limit"),
            "security",
            Set.of("alert", "audit", "journal"),
            "budget",
            Set.of("alert", "journal", "pricing"));

    /** What every feature may know. */
    private static final Set<String> SPINE =
            Set.of("core", "exchange", "provider", "routes", "store", "export", "gateway");

    @Test
    void everyFolderIsOfTheSpineOrAFeature() {
        assertThat(HOUSE.stream()
                        .map(type -> type.getPackageName().split("\\."))
                        .filter(names -> names.length > 2)
                        .map(names -> names[2])
                        .distinct())
                .allMatch(folder -> SPINE.contains(folder) || FEATURES.contains(folder));
    }

    @TestFactory
    Stream<DynamicTest> walls() {
        return Stream.concat(fixed().entrySet().stream(), features().entrySet().stream())
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(), () -> rule.getValue().check(HOUSE)));
    }

    private static Map<String, ArchRule> fixed() {
        return Map.ofEntries(
                Map.entry(
                        "core sees the JDK and Jackson's tree",
                        onlySees("core", "java..", "org.jspecify..", "tools.jackson..")),
                Map.entry(
                        "dialects see the core and no framework",
                        onlySees("provider", "java..", "org.jspecify..", "tools.jackson..", "dev.penstock.core..")),
                Map.entry(
                        "the journal sees the core and no framework",
                        onlySees("journal", "java..", "org.jspecify..", "tools.jackson..", "dev.penstock.core..")),
                Map.entry(
                        "dialects do not know each other",
                        slices().matching("dev.penstock.provider.(*)..")
                                .should()
                                .notDependOnEachOther()),
                Map.entry(
                        "no cycles",
                        slices().matching("dev.penstock.(*)..").should().beFreeOfCycles()),
                Map.entry(
                        "nothing waits",
                        noClasses()
                                .should()
                                .callMethodWhere(named("reactor.core.publisher", "block", "blockFirst", "blockLast"))),
                Map.entry(
                        "no doFinally",
                        noClasses()
                                .should()
                                .callMethodWhere(named("reactor.core.publisher", "doFinally", "usingWhen"))),
                Map.entry(
                        "time comes from a clock",
                        noClasses()
                                .should()
                                .callMethod(Instant.class, "now")
                                .orShould()
                                .callMethod(System.class, "currentTimeMillis")));
    }

    private static Map<String, ArchRule> features() {
        Map<String, ArchRule> rules = new java.util.TreeMap<>();
        for (String feature : FEATURES) {
            String[] others = FEATURES.stream()
                    .filter(other -> !other.equals(feature))
                    .filter(other -> !EXCEPTIONS.getOrDefault(feature, Set.of()).contains(other))
                    .map(other -> "dev.penstock." + other + "..")
                    .toArray(String[]::new);
            rules.put(
                    feature + " keeps to itself",
                    noClasses()
                            .that()
                            .resideInAPackage("dev.penstock." + feature + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(others));
        }
        return rules;
    }

    private static ArchRule onlySees(String folder, String... seen) {
        String own = "dev.penstock." + folder + "..";
        return classes()
                .that()
                .resideInAPackage(own)
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.or(
                        JavaClass.Predicates.resideInAnyPackage(seen),
                        JavaClass.Predicates.resideInAPackage(own),
                        DescribedPredicate.describe("arrays", JavaClass::isArray)));
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaMethodCall> named(
            String inPackage, String... methods) {
        Set<String> names = Set.of(methods);
        return DescribedPredicate.describe(
                "call of " + names,
                call -> names.contains(call.getName())
                        && call.getTargetOwner().getPackageName().startsWith(inPackage));
    }
}
