package dev.penstock.guard.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests for {@link Lookout}. */
class LookoutTests {

    private static List<String> hits(String text, String... keywords) {
        List<String> hits = new ArrayList<>();
        new Lookout(List.of(keywords))
                .look(text)
                .each(0, keywords.length, (at, keyword) -> hits.add(at + " " + keywords[keyword]));
        return hits;
    }

    @Test
    void aKeywordIsFoundAsItIsConfigured() {
        for (String keyword : List.of("Überweisung", "ÉCOLE", "Éa", "Проект", "ÄÖÜ", "aÄo", "ΣΊΣΥΦΟΣ", "bird")) {
            String word = keyword.length() < 3 ? keyword + "x" : keyword;
            assertThat(hits("see " + word + ".", word)).containsExactly("4 " + word);
        }
    }

    @Test
    void caseIsNoMatterInAnyScript() {
        assertThat(hits("ÜBERWEISUNG und überweisung", "Überweisung"))
                .containsExactly("0 Überweisung", "16 Überweisung");
        assertThat(hits("ПРОЕКТ, проект", "Проект")).containsExactly("0 Проект", "8 Проект");
        assertThat(hits("école Ecole", "ÉCOLE")).containsExactly("0 ÉCOLE");
    }

    @Test
    void aLetterThatWouldGetLongerInLowerCaseDoesNot() {
        assertThat(hits("in İstanbul", "İstanbul")).containsExactly("3 İstanbul");
    }

    @Test
    void whatIsNotAsciiIsToldWhereverItStands() {
        assertThat(new Lookout(List.of("bird")).look("a bird").plain()).isTrue();
        assertThat(new Lookout(List.of("bird")).look("a bïrd").plain()).isFalse();
        assertThat(new Lookout(List.of()).look("a bïrd").plain()).isFalse();
    }
}
