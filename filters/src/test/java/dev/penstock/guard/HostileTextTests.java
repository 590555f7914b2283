package dev.penstock.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.TextKind;
import dev.penstock.guard.GuardrailConfig.Action;
import dev.penstock.guard.GuardrailConfig.Rule;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Texts that are made to be dear: of all of them the work grows as the text does. The times are those of hours, not a bound. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileTextTests {

    private static final int LENGTH = 2_000_000;
    private static final String KEY = "A1b2C3d4E5f6G7h8I9j0";

    private static String of(String repeated) {
        return repeated.repeat(LENGTH / repeated.length());
    }

    private static List<Finding> found(Rule rule, String text) {
        return Guards.inspection(Guards.of(rule, Action.REDACT)).look(text, TextKind.MESSAGE, (control, failure) -> {
            throw failure;
        });
    }

    private static String redacted(String text) {
        return Redaction.of(text, 0, text.length(), found(Rule.SECRETS, text));
    }

    private static Mouth mouth(Rule rule) {
        return new Mouth(Guards.inspection(Guards.of(rule, Action.REDACT)), TextKind.MESSAGE, new Mouth.Listener() {
            @Override
            public void found(Finding finding, int offset) {}

            @Override
            public void accept(Control control, RuntimeException failure) {
                throw failure;
            }
        });
    }

    @Test
    void namesOfSecretsWithoutAnAssignment() {
        assertThat(found(Rule.SECRETS, of("apikey"))).isEmpty();
    }

    @Test
    void headsOfPrivateKeysWithoutAName() {
        assertThat(found(Rule.SECRETS, of("-----BEGIN "))).isEmpty();
    }

    @Test
    void privateKeysThatDoNotEnd() {
        String text = of("-----BEGIN PRIVATE KEY-----" + KEY + " ");
        assertThat(redacted(text)).isEqualTo("[PRIVATE_KEY]");
    }

    @Test
    void beginningsOfTokensAndKeys() {
        assertThat(found(Rule.SECRETS, of("eyJ"))).isEmpty();
        assertThat(found(Rule.SECRETS, of("psk_"))).isEmpty();
        assertThat(found(Rule.SECRETS, of("-sk-ant-"))).isEmpty();
    }

    @Test
    void manyNumbersOfCards() {
        String card = "4111111111111111 x ";
        assertThat(found(Rule.PII, of(card))).hasSize(LENGTH / card.length());
    }

    @Test
    void manyNumbersBeforeAnAddress() {
        assertThat(found(Rule.PII, of("1234567;").repeat(4) + " a@b.co"))
                .extracting(finding -> finding.match().type())
                .containsExactly("email");
    }

    @Test
    void signsOfAddresses() {
        assertThat(found(Rule.PII, of("a@"))).isEmpty();
        assertThat(found(Rule.PII, of("a:"))).isEmpty();
        assertThat(found(Rule.PII, of("DE12    "))).isEmpty();
    }

    @Test
    void numbersInOnePieceOfAStream() {
        String text = of("1, 2, ");
        Mouth mouth = mouth(Rule.PII);
        assertThat((mouth.say(text) + mouth.end()).equals(text)).isTrue();
    }

    @Test
    void marksOnOneCharacter() {
        assertThat(found(Rule.INJECTION, "a" + of("\u0301\u0316"))).isEmpty();
    }

    @Test
    void aKeyRightBehindAnotherIsTakenOutToo() {
        String key = "-----BEGIN PRIVATE KEY-----" + KEY + "-----END PRIVATE KEY-----";
        assertThat(redacted("a " + key + key + ", b")).doesNotContain(KEY).endsWith(", b");
        assertThat(redacted(
                        "\n-----BEGIN PRIVATE KEY-----" + KEY + "\n-----END -----BEGIN PRIVATE KEY-----" + KEY + ", b"))
                .doesNotContain(KEY)
                .endsWith(", b");
    }
}
