package dev.penstock.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.BrandRules.Finding;
import dev.penstock.core.BrandRules.Rule;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link BrandRules}: what a brand forbids and requires, found word for word. */
class BrandRulesTests {

    private static final BrandRules RULES = new BrandRules(
            List.of("cheapest", "risk free", "C++", "最安", " "), List.of("BeanCo"), List.of("Places are limited."));

    @ParameterizedTest
    @CsvSource({
        "The CHEAPEST one., cheapest",
        "The ｃｈｅａｐｅｓｔ one., cheapest",
        "The cheap\u200best one., cheapest",
        "It is risk\u00a0free!, risk free",
        "Written in C++., C++",
        "世界最安値です, 最安",
        "Better than beanco's., BeanCo"
    })
    void aTermIsFoundHoweverItIsWritten(String text, String term) {
        assertThat(RULES.findings(text + " Places  are limited."))
                .extracting(Finding::term)
                .containsExactly(term);
    }

    @ParameterizedTest
    @CsvSource({"cheapestly", "risk-free", "uncheapest", "BeanCorp", "cheap est", "C+"})
    void aPartOfAWordIsAnotherWord(String text) {
        assertThat(RULES.findings(text + " Places are limited.")).isEmpty();
    }

    @Test
    void aMissingDisclaimerIsToldAndAPresentOneIsNot() {
        assertThat(RULES.findings("Places are few."))
                .containsExactly(new Finding(Rule.MISSING_DISCLAIMER, "Places are limited."));
        assertThat(RULES.findings("PLACES ARE\nLIMITED.")).isEmpty();
    }

    @Test
    void aForbiddenWordIsFoundWhereverItStandsBetweenOthers() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<String> between = List.of(" ", ", ", "\n", "-", "…", "🙂", "\u00a0", "\"");
        for (int i = 0; i < 1000; i++) {
            String mark = between.get(random.nextInt(between.size()));
            String text = "a".repeat(random.nextInt(5)) + mark + "Cheapest" + mark + "b".repeat(random.nextInt(5));
            assertThat(new BrandRules(List.of("cheapest"), List.of(), List.of()).findings(text))
                    .as(text)
                    .hasSize(1);
        }
    }
}
