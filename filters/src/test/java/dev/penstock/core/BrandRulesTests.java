package dev.penstock.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.BrandRules.Finding;
import dev.penstock.core.BrandRules.Rule;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link BrandRules}. */
class BrandRulesTests {

    private static final BrandRules RULES = new BrandRules(
            List.of("cheap", "best in class", "gratuité", "最安"), List.of("Terms apply."), List.of("BeanCo"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            A cheap grinder            | cheap
            CHEAP!                     | cheap
            ch\u00ADeap                | cheap
            ｃｈｅａｐ                  | cheap
            Che\u0301ap                | cheap
            Best  in\tclass            | best in class
            GRATUITE pour tous         | gratuité
            この店は最安です            | 最安
            beanco's grinder           | BeanCo
            """)
    void aTermIsFoundHoweverItIsWritten(String text, String term) {
        assertThat(RULES.findings(Map.of("content", text + " Terms apply.")))
                .extracting(Finding::term)
                .containsExactly(term);
    }

    @ParameterizedTest
    @CsvSource({"cheaper", "dirt-cheapish", "Beancounter", "best in classes"})
    void partsOfOtherWordsAreNoTerms(String text) {
        assertThat(RULES.findings(Map.of("content", text + " Terms  apply."))).isEmpty();
    }

    @Test
    void aDisclaimerMayStandInAnyField() {
        assertThat(RULES.findings(Map.of("a", "x", "b", "Some TERMS apply."))).isEmpty();
        assertThat(RULES.findings(Map.of("a", "x", "b", "Some terms.")))
                .containsExactly(new Finding(Rule.MISSING_DISCLAIMER, "", "Terms apply."));
    }

    @Test
    void aTermThatWasPutInIsFound() {
        long seed = System.nanoTime();
        System.out.println("BrandRulesTests: texts are drawn by seed " + seed);
        Random random = new Random(seed);
        BrandRules rules = new BrandRules(List.of("forbidden"), List.of(), List.of());
        for (int run = 0; run < 1000; run++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(40), 0, Character.MAX_CODE_POINT + 1)
                    .filter(BrandRulesTests::isNoPartOfAWord)
                    .forEach(text::appendCodePoint);
            int at = text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, text.length()) + 1));
            String with = text.substring(0, at) + "FORBIDDEN" + text.substring(at);
            assertThat(rules.findings(Map.of("t", with))).as(with).hasSize(1);
        }
    }

    private static boolean isNoPartOfAWord(int point) {
        return Character.getType(point) != Character.SURROGATE
                && BrandRules.folded(Character.toString(point)).codePoints().noneMatch(Character::isLetterOrDigit);
    }
}
