package dev.penstock.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests for {@link KeyForm}. */
class KeyFormTests {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    @Test
    void aDrawnSecretHasTheFormAndItsId() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String id = KeyForm.CALLER.id();
            String secret = KeyForm.CALLER.secret(id);
            assertThat(secret).matches("psk_[a-z0-9]{10}_[0-9A-Za-z]{49}");
            assertThat(KeyForm.CALLER.id(secret)).contains(id);
            assertThat(KeyForm.ADMIN.id(secret)).isEmpty();
            assertThat(seen.add(secret)).isTrue();
        }
    }

    /** A sum that was computed elsewhere: CRC-32 of the ASCII before it, most significant digit first. */
    @Test
    void theSumIsTheCrc32InBase62() {
        String head = "psk_a1_" + "0".repeat(43);
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(head.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        java.math.BigInteger left = java.math.BigInteger.valueOf(crc.getValue());
        StringBuilder sum = new StringBuilder();
        for (int power = 5; power >= 0; power--) {
            java.math.BigInteger unit = java.math.BigInteger.valueOf(62).pow(power);
            sum.append(DIGITS.charAt(left.divide(unit).intValue()));
            left = left.mod(unit);
        }
        assertThat(KeyForm.CALLER.id(head + sum)).contains("a1");
    }

    @Test
    void aChangeOfOneCharacterIsFound() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            String secret = KeyForm.CALLER.secret(KeyForm.CALLER.id());
            int at = secret.lastIndexOf('_') + 1 + random.nextInt(49);
            char other = DIGITS.charAt(random.nextInt(62));
            String changed = secret.substring(0, at) + other + secret.substring(at + 1);
            assertThat(KeyForm.CALLER.id(changed).isPresent())
                    .as("%s, seed %d", changed, seed)
                    .isEqualTo(changed.equals(secret));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "psk_", "psk_demo", "psk_a_b", "psk__", "sk-abc", "psk_\u00e4_0"})
    void anythingElseHasNoId(String text) {
        assertThat(KeyForm.CALLER.id(text)).isEmpty();
    }
}
