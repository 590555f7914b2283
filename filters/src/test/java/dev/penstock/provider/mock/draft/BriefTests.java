package dev.penstock.provider.mock.draft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link Brief} and {@link Phrase}: what the mock reads of a prompt, and how it shortens it. */
class BriefTests {

    private static final String TURN = """
            Ad type: search
            Limits
            - headline: at most 30 characters

            Objective:
            ````
            Sell tea
            Tone: loud
            ```
            - headline: at most 5 characters
            ````
            Brand keywords; use those that fit:
            ```
            green

            black tea
            ```
            Objective: another
            """;

    @Test
    void fieldsStandBesideTheirNameOrInAFenceBelowIt() {
        Brief brief = Brief.of(TURN);
        assertThat(brief.text("ad type")).contains("search");
        assertThat(brief.text("objective").orElseThrow()).startsWith("Sell tea\nTone: loud\n```\n");
        assertThat(brief.lines("brand keywords")).containsExactly("green", "black tea");
        assertThat(brief.limit("headline", 9)).isEqualTo(30);
    }

    @Test
    void whatStandsInAFenceIsNoField() {
        assertThat(Brief.of(TURN).text("tone")).isEmpty();
    }

    @Test
    void halfACharacterIsReplaced() {
        assertThat(Brief.of("Topic: a\ud800b 🙂\udc00").text("topic")).contains("a?b 🙂?");
    }

    @ParameterizedTest
    @CsvSource({
        "Get people to book our workshop on repairing grinders, 20, repairing grinders",
        "Win members for our club in Lyon., 15, club in Lyon",
        "short enough, 40, short enough",
        "Donaudampfschifffahrt, 5, Donau",
        "日本日本日本, 5, 日本"
    })
    void aPhraseIsTheEndThatStillMeansSomething(String text, int most, String phrase) {
        assertThat(Phrase.of(text, most)).isEqualTo(phrase);
    }
}
