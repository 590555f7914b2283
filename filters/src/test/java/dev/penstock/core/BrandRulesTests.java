package dev.penstock.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.BrandRules.Finding;
import dev.penstock.core.BrandRules.Rule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link BrandRules}. */
class BrandRulesTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "cheapest | The CHEAPEST grinder | true",
                "cheap | The cheapest grinder | false",
                "art | start and party | false",
                "cafe | Notre café | true",
                "café | Notre cafe\u0301 | true",
                "Straße | STRASSE 5 | true",
                "no risk | No\u00a0 risk, no fun | true",
                "guaranteed | gua\u200branteed! | true",
                "C++ | we like C++, too | true",
                "$1 | only $1. | true",
                "bean co | BEAN\t CO's beans | true",
                "don't | don’t worry | true",
                "安い | 一番安いです | true",
                "ｆｒｅｅ | it is free | true"
            })
    void aTermIsAWholeWordInAnyDress(String term, String text, boolean found) {
        BrandRules rules = new BrandRules(List.of(term), List.of(), List.of());
        assertThat(rules.check(Map.of("content", text)).isEmpty()).isNotEqualTo(found);
    }

    @Test
    void findingsSayRuleFieldAndTerm() {
        BrandRules rules = BrandRules.of(
                Json.LENIENT_DEPTH.read(
                        "{\"forbidden_terms\":[\"cheapest\",\" \",5],\"competitors\":[\"BeanCo\"],\"required_disclaimers\":[\"Places are limited.\",\"Terms apply\"]}"));
        assertThat(rules.check(Map.of("headline", "Cheapest, unlike BeanCo. places are LIMITED.")))
                .containsExactly(
                        new Finding(Rule.FORBIDDEN_TERM, "headline", "cheapest"),
                        new Finding(Rule.COMPETITOR, "headline", "BeanCo"),
                        new Finding(Rule.MISSING_DISCLAIMER, "", "Terms apply"));
    }

    @Test
    void guidelinesWithoutRulesFindNothing() {
        assertThat(BrandRules.of(Json.object()).check(Map.of("content", "anything")))
                .isEmpty();
    }
}
