package dev.penstock.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.exchange.LlmRoute;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.cloud.gateway.filter.FilterDefinition;
import org.springframework.cloud.gateway.route.RouteDefinition;

/** What is checked of routes. */
class RouteTests {

    private static final String OWN = "[ ParseChat ]";
    private static final String CHAT = "  - id: chat\n";
    private static final String PLAIN = "  - { id: plain, uri: \"https://a.example\", filters: [ %s ] }\n";

    @Test
    void anUnknownFilterIsRefused() {
        Sample.problems(OWN, "[ ParseChatt ]")
                .singleElement()
                .asString()
                .startsWith(
                        "routes.yml:17:16 routes[0].filters[0]: unknown filter 'ParseChatt' (expected one of: AddRequestHeader,")
                .endsWith("; did you mean 'ParseChat'?");
    }

    @Test
    void anUnknownPredicateIsRefused() {
        Sample.problems("\"Path=", "\"Paht=")
                .containsExactly(
                        "routes.yml:16:19 routes[0].predicates[0]: unknown predicate 'Paht' (expected one of: Method,"
                                + " Path)");
    }

    @Test
    void anUnknownArgumentIsRefused() {
        Sample.problems(OWN, "[ ParseChat, { name: CallUpstream, args: { timeuot: 1s } } ]")
                .containsExactly("routes.yml:17:35 routes[0].filters[1].name: CallUpstream: unknown argument 'timeuot'"
                        + " (expected one of: timeout); did you mean 'timeout'?");
        Sample.problems("\"Path=/v1/chat/completions\"", "{ name: Path, args: { pattern: /a } }")
                .containsExactly(
                        "routes.yml:16:27 routes[0].predicates[0].name: Path: unknown argument 'pattern' (expected one"
                                + " of: patterns, match-trailing-slash); did you mean 'patterns'?");
    }

    @Test
    void anArgumentWithoutAPlaceIsRefused() {
        Sample.problems(OWN, "[ ParseChat=x ]")
                .containsExactly(
                        "routes.yml:17:16 routes[0].filters[0]: ParseChat: 1 arguments (expected: none after =)");
        Sample.problems(OWN, "[ ParseChat, \"AddResponseHeader=A,b,true,d\" ]")
                .containsExactly(
                        "routes.yml:17:27 routes[0].filters[1]: AddResponseHeader: 4 arguments (expected: name, value,"
                                + " override)");
    }

    @Test
    void anArgumentThatDoesNotFitIsRefused() {
        Sample.problems(OWN, "[ ParseChat, { name: CallUpstream, args: { timeout: soon } } ]")
                .containsExactly(
                        "routes.yml:17:35 routes[0].filters[1].name: CallUpstream: arguments that it refuses with"
                                + " IllegalArgumentException (expected: values for timeout)");
    }

    @Test
    void aStepThatCannotBeMadeFailsInItsOwnWordsAndAfterTheFileIsRight() {
        String call = "{ name: CallUpstream, args: { timeout: " + Steps.UNMAKEABLE.toSeconds() + "s } }";
        String yaml = Sample.with(OWN, "[ ParseChat, " + call + " ]");
        assertThatThrownBy(() -> Compiling.compile(yaml, Map.of())).hasMessageContaining("no such folder: prompts");
        assertThat(Compiling.problems(yaml.replace("llm://any", "llm://none")))
                .singleElement()
                .asString()
                .contains("unknown model 'none'");
    }

    @Test
    void argumentsBindByNameAlsoInLists() {
        String yaml = Sample.with("\"Path=/v1/chat/completions\"", "{ name: Path, args: { patterns: [ /a, /b ] } }");
        RouteDefinition route = Compiling.compile(yaml, Map.of()).routes().get(0);
        assertThat(route.getPredicates().get(0).getArgs())
                .containsEntry("patterns[0]", "/a")
                .containsEntry("patterns[1]", "/b");
    }

    @Test
    void expressionsAreRefusedEverywhere() {
        Sample.problems(OWN, "[ ParseChat, \"AddResponseHeader=A, #{1}\" ]")
                .containsExactly("routes.yml:17:27 routes[0].filters[1]: an expression #{…} (expected: a plain value)");
        Sample.problems(CHAT, PLAIN.formatted("\"AddResponseHeader=A, ${E:#{1}}\"") + CHAT)
                .containsExactly("routes.yml:14:55 routes[0].filters[0]: an expression #{…} (expected: a plain value)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ParseResponses",
                "ParseMessages",
                "ParseEmbeddings",
                "ParseModerations",
                "Cache=10m",
                "Queue",
                "Cache=off"
            })
    void aFilterOfALaterVersionIsToldAsSuch(String filter) {
        Sample.problems(OWN, "[ ParseChat, " + filter + " ]")
                .containsExactly(
                        "routes.yml:17:27 routes[0].filters[1]: " + filter.split("=")[0] + " is not in this version");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WriteAnswer",
                "Telemetry",
                "Audit",
                "Admit",
                "Authenticate",
                "SelectUpstream",
                "MeterUsage",
                "CallUpstream",
                "ParseChat"
            })
    void aMandatoryStepCannotBeSwitchedOff(String step) {
        Sample.problems(OWN, "[ ParseContent, " + step + "=off ]")
                .containsExactly("routes.yml:17:30 routes[0].filters[1]: " + step
                        + "=off on a mandatory step (expected: no such line)");
    }

    @Test
    void anotherStepCan() {
        Compiled compiled = Compiling.compile(Sample.with(OWN, "[ ParseChat, RenderPrompt=off ]"), Map.of());
        assertThat(compiled.routes().get(0).getFilters())
                .extracting(FilterDefinition::getName)
                .doesNotContain("RenderPrompt");
    }

    @Test
    void whatIsNotThereCannotBeSwitchedOff() {
        Sample.problems(OWN, "[ ParseChat, FitSchema=off ]")
                .containsExactly(
                        "routes.yml:17:27 routes[0].filters[1]: =off of unknown default filter 'FitSchema' (expected one"
                                + " of: WriteAnswer, Telemetry, Audit, Admit, Authenticate, RenderPrompt, SelectUpstream, MeterUsage, CallUpstream)");
        Sample.problems("RenderPrompt, SelectUpstream", "RenderPrompt=off, SelectUpstream")
                .containsExactly(
                        "routes.yml:18:72 default-filters[5]: RenderPrompt=off has no effect here (expected: no such"
                                + " line)");
    }

    @Test
    void aRoutesOwnFilterReplacesTheDefault() {
        String yaml = Sample.with(OWN, "[ ParseChat, { name: CallUpstream, args: { timeout: 1s } } ]");
        assertThat(Compiling.compile(yaml, Map.of()).routes().get(0).getFilters())
                .filteredOn(it -> it.getName().equals("CallUpstream"))
                .singleElement()
                .matches(it -> it.getArgs().equals(Map.of("timeout", "1s")));
    }

    @Test
    void mandatoryStepsMustBeThere() {
        Sample.problems("Audit, Admit, Authenticate", "Audit")
                .containsExactly("routes.yml:14:5 routes[0]: mandatory steps missing: Admit, Authenticate (expected: in"
                        + " default-filters or on the route)");
    }

    @Test
    void exactlyOneStepParses() {
        Sample.problems(OWN, "[]")
                .containsExactly("routes.yml:14:5 routes[0]: no Parse… filter (expected: exactly one Parse… filter)");
        Sample.problems(OWN, "[ ParseChat, ParseContent, FitSchema ]")
                .containsExactly(
                        "routes.yml:14:5 routes[0]: ParseChat and ParseContent (expected: exactly one Parse… filter)");
    }

    @Test
    void aStepStandsOnce() {
        Sample.problems(OWN, "[ ParseChat, ParseChat ]")
                .containsExactly("routes.yml:17:27 routes[0].filters[1]: ParseChat twice (expected: once)");
    }

    @Test
    void contentNeedsItsThreeSteps() {
        Sample.problems(OWN, "[ ParseChat, FitSchema ]")
                .containsExactly("routes.yml:14:5 routes[0]: FitSchema without ParseContent (expected: both)");
        Sample.problems(OWN, "[ ParseContent, RenderPrompt=off ]")
                .containsExactly(
                        "routes.yml:14:5 routes[0]: ParseContent without FitSchema (expected: both)",
                        "routes.yml:14:5 routes[0]: ParseContent without RenderPrompt (expected: both)");
    }

    @Test
    void aRoutesModelMustExist() {
        Sample.problems("llm://any", "llm://defalt")
                .containsExactly(
                        "routes.yml:15:10 routes[0].uri: unknown model 'defalt' (expected one of: default); did you mean"
                                + " 'default'?");
        Sample.problems("llm://any", "\"llm:any\"")
                .containsExactly("routes.yml:15:10 routes[0].uri: 'llm:any' (expected: llm://any or llm://NAME)");
    }

    @Test
    void anLlmRouteIsNotACatchAll() {
        Sample.problems("[ \"Path=/v1/chat/completions\" ]", "[]")
                .containsExactly("routes.yml:14:5 routes[0].predicates: missing (expected: at least one, such as"
                        + " Path=/v1/chat/completions)");
    }

    @Test
    void idsAreTheirOwn() {
        Sample.problems(CHAT, PLAIN.formatted("").replace("plain", "chat") + CHAT)
                .containsExactly("routes.yml:15:9 routes[1].id: 'chat' twice (expected: an id of its own)");
    }

    @Test
    void anotherUriKeepsItsOwnFiltersAndGetsNoneOfOurs() {
        String yaml = Sample.with(CHAT, PLAIN.formatted("StripPrefix=1") + CHAT);
        RouteDefinition plain = Compiling.compile(yaml, Map.of()).routes().get(0);
        assertThat(plain.getUri()).hasToString("https://a.example");
        assertThat(plain.getFilters()).extracting(FilterDefinition::getName).containsExactly("StripPrefix");
        assertThat(plain.getMetadata()).doesNotContainKey(LlmRoute.METADATA);
    }

    @Test
    void ourStepsDoNotStandOnOtherUris() {
        Sample.problems(CHAT, PLAIN.formatted("Admit") + CHAT)
                .containsExactly(
                        "routes.yml:14:55 routes[0].filters[0]: Admit is a step of llm:// routes (expected: uri llm://any"
                                + " or llm://NAME)");
    }

    @Test
    void springsTimeoutsHaveNoEffectHere() {
        Sample.problems(OWN, OWN + "\n    metadata: { response-timeout: 200 }")
                .containsExactly(
                        "routes.yml:18:15 routes[0].metadata: metadata 'response-timeout' has no effect on llm:// routes"
                                + " (use instead: providers.NAME.timeout)");
    }
}
