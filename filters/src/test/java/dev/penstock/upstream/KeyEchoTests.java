package dev.penstock.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.UpstreamError;
import dev.penstock.core.UpstreamError.Kind;
import dev.penstock.credential.Credential;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests for {@link KeyEcho}. */
class KeyEchoTests {

    private static final UpstreamError WORDS =
            new UpstreamError(Kind.CALLER, 400, "t-secret", "bad key 'secret', secret!", "secret", "c", null);

    @Test
    void theKeyIsTakenOutOfEveryWord() {
        UpstreamError clean = KeyEcho.gone(WORDS, Optional.of(new Credential("main", "secret")));
        assertThat(clean)
                .isEqualTo(
                        new UpstreamError(Kind.CALLER, 400, "t-[key]", "bad key '[key]', [key]!", "[key]", "c", null));
    }

    @Test
    void withoutAKeyTheWordsStay() {
        assertThat(KeyEcho.gone(WORDS, Optional.empty())).isSameAs(WORDS);
        assertThat(KeyEcho.gone(WORDS, Optional.of(new Credential("main", "")))).isSameAs(WORDS);
    }
}
