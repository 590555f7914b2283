package dev.penstock.prompt.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Counting;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link Ellipsis}. */
class EllipsisTests {

    @ParameterizedTest
    @CsvSource({
        "green tea, 9, green tea",
        "green tea, 8, green…",
        "greentea, 5, gree…",
        "🙂🙂🙂, 3, 🙂🙂🙂",
        "🙂🙂🙂, 2, 🙂…",
        "tea, 1, …"
    })
    void cutsBetweenWordsAndNeverInsideACodePoint(String text, int limit, String expected) {
        assertThat(Ellipsis.cut(text, limit, Counting.CODE_POINTS)).isEqualTo(expected);
    }
}
