package dev.penstock.provider.mock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests for {@link Post}. */
class PostTests {

    @Test
    void whereNoCharacterOfTheTopicFitsThePostIsNotEmpty() {
        Subject subject = new Subject("🙂 Lyon", "twitter", "friendly", 1, "");
        for (int seed = 0; seed < 20; seed++) {
            assertThat(Post.about(subject, 1, new Random(seed))).hasSize(1);
        }
    }
}
