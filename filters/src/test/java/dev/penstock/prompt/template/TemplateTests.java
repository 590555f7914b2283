package dev.penstock.prompt.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.prompt.template.Templates.Place;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests for {@link Template} and what {@link Templates} makes of its text. */
class TemplateTests {

    private static final Map<String, Object> VALUES = Map.of(
            "topic",
            "tea & <b>honey</b>",
            "limit",
            280L,
            "off",
            false,
            "none",
            List.of(),
            "words",
            List.of("green", "black"),
            "brand",
            Map.of("voice", "calm", "style", Map.of("emoji", "never")));

    private final Templates templates = new Templates();

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "[(${topic})]~tea & <b>honey</b>",
                "a [(${limit})] b~a 280 b",
                "[(${brand.voice})]~calm",
                "[(${words[1]})]~black",
                "[(${words[7]})]|[(${brand.none.deeper})]~|",
                "[(${brand.tone ?: 'neutral'})]~neutral",
                "[(${missing ?: none ?: topic})]~tea & <b>honey</b>",
                "[(${join(words, ', ')})]~green, black",
                "[(${words})]~green, black",
                "[(${size(words)})][(${size('abc')})][(${size(missing)})]~230",
                "[# th:if=\"${words}\"]yes[/][# th:if=\"${none}\"]no[/]~yes",
                "[# th:unless=\"${off}\"]yes[/][# th:unless=\"${limit}\"]no[/]~yes",
                "[# th:each=\"w : ${words}\"]<[(${w})]>[/]~<green><black>",
                "[# th:each=\"s : ${brand.style}\"][(${s.key})]=[(${s.value})][/]~emoji=never",
                "[# th:each=\"w : ${words}\" th:if=\"${w}\"][(${w})].[/]~green.black.",
                "costs ${5} [a] (b) [ ]~costs ${5} [a] (b) [ ]"
            })
    void rendersValuesInPlace(String template, String expected) {
        assertThat(render(template)).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void aTagAloneOnItsLineTakesTheLineWithIt() {
        String template = "a\n  [# th:if=\"${topic}\"]\n  [# th:each=\"w : ${words}\"]\n- [(${w})]\n  [/]\n[/]\nb";
        assertThat(render(template)).isEqualTo("a\n- green\n- black\nb");
    }

    @Test
    void aFenceIsLongerThanAnyInItsText() {
        assertThat(templates.compile(new Place("t", 1), "[(${fence(x)})]").render(Map.of("x", "a\n````\nb")))
                .isEqualTo("`````\na\n````\nb\n`````");
    }

    @Test
    void knowsTheNamesThatItReads() {
        Template template =
                templates.compile(new Place("t", 1), "[(${a.x ?: b})][# th:each=\"c : ${d}\"][(${join(c, e)})][/]");
        assertThat(template.roots()).containsExactlyInAnyOrder("a", "b", "d", "e");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[(${T(java.lang.Runtime)})]",
                "[(${new java.io.File('x')})]",
                "[(${@bean.call()})]",
                "[(${topic.toString()})]",
                "[(${topic.class})x]",
                "[(${#strings.trim(topic)})]",
                "[(${#ctx})]",
                "[(${#execInfo.now})]",
                "[(__${topic}__)]",
                "[(${__topic__})]",
                "[(*{topic})]",
                "[(#{topic})]",
                "[(@{/x})]",
                "[(~{x :: y})]",
                "[('literal')]",
                "[(${topic} + 'x')]",
                "[(${{topic}})]",
                "[[${topic}]]",
                "[# th:utext=\"${topic}\"][/]",
                "[# th:text=\"${topic}\"][/]",
                "[# th:insert=\"x\"][/]",
                "[# th:replace=\"x\"][/]",
                "[# th:with=\"a=${topic}\"][/]",
                "[# th:if=\"${topic} == 'x'\"][/]",
                "[# th:if=\"${topic} or true\"][/]",
                "[# th:each=\"a,stat : ${words}\"][/]",
                "[# th:each=\"${words}\"][/]",
                "[# th:if=\"${topic}\" th:if=\"${topic}\"][/]",
                "[# th:if=\"${topic}\"/]",
                "[#th:block]x[/th:block]",
                "[# th:if=\"${topic}\"]",
                "[/]",
                "[/th:block]",
                "/*[- x -]*/",
                "[(${join(words, '}')})]",
                "[(${join(words)})]",
                "[(${words[-1]})]",
                "[(${words[99999999999]})]",
                "[(${})]"
            })
    void refusesWhatIsNotATemplate(String template) {
        assertThatThrownBy(() -> templates.compile(new Place("v1.txt", 4), "ok\n" + template))
                .isInstanceOf(PromptException.class)
                .hasMessageStartingWith("v1.txt:5: ");
    }

    @Test
    void refusesNestingThatCouldExhaustTheStack() {
        String deep = "size(".repeat(500) + "x" + ")".repeat(500);
        assertThatThrownBy(() -> templates.compile(new Place("t", 1), "[(${" + deep + "})]"))
                .hasMessageContaining("at most");
    }

    @Test
    void stopsAtOneMebibyte() {
        Template template = templates.compile(new Place("t", 1), "[# th:each=\"w : ${words}\"][(${big})][/]");
        Map<String, Object> values = Map.of("big", "secret".repeat(1000), "words", Collections.nCopies(1000, "x"));
        assertThatThrownBy(() -> template.render(values))
                .isInstanceOf(OutputTooLarge.class)
                .hasMessageNotContaining("secret");
    }

    private String render(String template) {
        return templates.compile(new Place("t", 1), template).render(VALUES);
    }
}
