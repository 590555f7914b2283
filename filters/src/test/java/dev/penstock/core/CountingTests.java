package dev.penstock.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link Counting}: lengths as the places that show a text count them. */
class CountingTests {

    @ParameterizedTest
    @CsvSource({
        "a, 1",
        "café, 4",
        "日本語, 6",
        "한국, 4",
        "🙂, 2",
        "👩‍👩‍👧‍👦, 2",
        "👍🏽, 2",
        "🇫🇷, 2",
        "1️⃣, 2",
        "❤️, 2",
        "“a”, 3",
        "…, 2",
        "https://example.com, 23",
        "https://example.com/a/very/long/path/that/goes/on?and=on&on=, 23",
        "see https://t.co/x., 28",
        "read penstock.dev now, 32",
        "a@example.com, 13",
        "日https://example.com/日, 27",
        "end. Next, 9"
    })
    void twitterWeighsScriptsEmojiAndLinks(String text, int length) {
        assertThat(Counting.TWITTER.length(text)).isEqualTo(length);
    }

    @Test
    void twitterCountsComposedFormsOnce() {
        assertThat(Counting.TWITTER.length("cafe\u0301")).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"a🙂日, 3, 4, 5", "ﾊ, 1, 1, 2", "Ａ, 1, 1, 2", "é, 1, 1, 1"})
    void othersCountCodePointsUnitsOrWidths(String text, int points, int units, int widths) {
        assertThat(Counting.CODE_POINTS.length(text)).isEqualTo(points);
        assertThat(Counting.UTF_16.length(text)).isEqualTo(units);
        assertThat(Counting.DOUBLE_WIDTH.length(text)).isEqualTo(widths);
    }

    @Test
    void everySchemeHasAWord() {
        for (Counting counting : Counting.values()) {
            assertThat(Counting.named(counting.word())).contains(counting);
        }
        assertThat(Counting.named("bytes")).isEmpty();
    }

    @Test
    void lengthsOfPartsAddUpBetweenSpacesAndStayWithinTwoACodePoint() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            String one = word(random);
            String other = word(random);
            for (Counting counting : Counting.values()) {
                assertThat(counting.length(one + " " + other))
                        .as("%s of '%s %s'", counting, one, other)
                        .isEqualTo(counting.length(one) + 1 + counting.length(other));
                assertThat(counting.length(one)).isLessThanOrEqualTo(2 * one.codePointCount(0, one.length()));
            }
        }
    }

    private static String word(Random random) {
        int[] points = random.ints(random.nextInt(12), 0, 6)
                .map(group -> switch (group) {
                    case 0 -> 'a' + random.nextInt(26);
                    case 1 -> 0xC0 + random.nextInt(0x100);
                    case 2 -> 0x4E00 + random.nextInt(0x1000);
                    case 3 -> 0x1F600 + random.nextInt(0x40);
                    case 4 -> 0x2010 + random.nextInt(0x20);
                    default -> '!';
                })
                .toArray();
        return Arrays.stream(points)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
