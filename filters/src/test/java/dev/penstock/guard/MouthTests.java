package dev.penstock.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.TextKind;
import dev.penstock.guard.GuardrailConfig.Action;
import dev.penstock.guard.GuardrailConfig.Rule;
import dev.penstock.guard.detect.Growth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** However a text is cut into pieces, what goes out is what would have gone out of the whole. */
class MouthTests {

    private static final int ROUNDS = 1_000;
    private static final List<String> WORDS = List.of(
            "the",
            "order",
            "came",
            "late,",
            "again.",
            "Call",
            "me",
            "at",
            "12",
            "items",
            "(see",
            "below)",
            "and",
            "phone",
            "number",
            "card",
            "zürich",
            "2024-05-06",
            "\n",
            "x=1;",
            "office",
            "—",
            "e.g.",
            "sk-",
            "eyJ",
            "psk_",
            "@",
            "+1");
    private static final List<String> FOUND = List.of(
            "ann.lee@example.com",
            "+44 7700 900 123",
            "4111 1111 1111 1111",
            "378282246310005",
            "DE89 3704 0044 0532 0130 00",
            "078-05-1120",
            "10.20.30.40",
            "2001:db8::8a2e:370:7334",
            "(201) 555-0123",
            "AKIAIOSFODNN7ABCDEFG",
            "sk-ant-api03-Zx81kQpLm20dTg7Yw4Rb9NcVf6Ha3Js5Ue",
            "ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8",
            "client_secret = \"kR9x2Lq7Wz4Tb1Vn8Yc3\"",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIn0.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
            "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA7bq1dZ8kq2v0Vb3o9w2J8cQ1\nZ8kq2v0Vb3o9w2J8cQ1MIIEowIBAAKCAQEA7bq1d\n"
                    + "MIIEowIBAAKCAQEA7bq1dZ8kq2v0Vb3o9w2J8cQ1\n-----END RSA PRIVATE KEY-----",
            "provider-secret-0123456789",
            "access_token: eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV",
            "{\"access_token\":\"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIn0.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c\"}",
            "api_key=glpat-Zx81kQpLm20dTg7Yw4Rb9NcVf6.01.0a1b2c3d4",
            "client_secret=kR9x2Lq7Wz4Tb1Vn8Yc3.more.of-it",
            "Project Blue Bird Song",
            "Project Bluebird");

    private final Inspection all = Guards.inspection(
            Guards.of(Rule.PII, Action.REDACT),
            Guards.of(Rule.SECRETS, Action.REDACT),
            Guards.words(Action.REDACT, "project bluebird", "Project Blue", "project blue bird", "bird song"));

    private record Heard(List<Finding> found, List<Integer> offsets) implements Mouth.Listener {

        @Override
        public void found(Finding finding, int offset) {
            found.add(finding);
            offsets.add(offset);
        }

        @Override
        public void accept(Control control, RuntimeException failure) {
            throw failure;
        }
    }

    @Test
    void cutAnywhereItSaysWhatTheWholeSays() {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            String text = text(random);
            List<Finding> found = all.look(text, TextKind.MESSAGE, (control, failure) -> {});
            String whole = Redaction.of(text, 0, text.length(), found);
            Heard heard = new Heard(new ArrayList<>(), new ArrayList<>());
            String said = spoken(text, heard, random);
            assertThat(said).as("seed %d, round %d: %s", seed, round, text).isEqualTo(whole);
            for (int i = 0; i < found.size(); i++) {
                int start = heard.found.get(i).match().start() + heard.offsets.get(i);
                assertThat(start).isEqualTo(found.get(i).match().start());
            }
            assertThat(heard.found).hasSameSizeAs(found);
        }
    }

    private String spoken(String text, Heard heard, Random random) {
        Mouth mouth = new Mouth(all, TextKind.MESSAGE, heard);
        StringBuilder said = new StringBuilder();
        int at = 0;
        int longest = random.nextInt(10) == 0 ? 400 : 1 + random.nextInt(12);
        while (at < text.length()) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(longest));
            said.append(mouth.say(text.substring(at, end)));
            at = end;
        }
        return said.append(mouth.end()).toString();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int words = 1 + random.nextInt(60);
        for (int i = 0; i < words; i++) {
            List<String> from = random.nextInt(8) == 0 ? FOUND : WORDS;
            text.append(from.get(random.nextInt(from.size()))).append(random.nextInt(15) == 0 ? ", " : " ");
        }
        return text.toString();
    }

    @Test
    void neverMoreIsHeldThanIsSaid() {
        Mouth mouth = new Mouth(all, TextKind.MESSAGE, new Heard(new ArrayList<>(), new ArrayList<>()));
        StringBuilder said = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            said.append(mouth.say("9"));
            assertThat(i + 1 - said.length()).isLessThanOrEqualTo(Growth.HELD);
        }
        assertThat(said.append(mouth.end())).hasSize(2_000);
    }

    @Test
    void aWordIsReleasedByTheSpaceThatRulesItOut() {
        Mouth mouth = new Mouth(all, TextKind.MESSAGE, new Heard(new ArrayList<>(), new ArrayList<>()));
        assertThat(mouth.say("Hello")).isEmpty();
        assertThat(mouth.say(" world")).startsWith("Hello");
        assertThat(mouth.say("! ")).contains("world!");
    }

    /** A token is longer than is held, and may be cut where one of its parts ends. */
    @Test
    void aLongTokenIsOneWhereverItsPartsEnd() {
        for (int length = 60; length < 110; length++) {
            String text = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ"
                    + "zdWIiOiIx".repeat(13).substring(0, length) + ".SflKxwRJSM that is it";
            for (int piece = 1; piece < 4; piece++) {
                Mouth mouth = new Mouth(all, TextKind.MESSAGE, new Heard(new ArrayList<>(), new ArrayList<>()));
                StringBuilder said = new StringBuilder();
                for (int at = 0; at < text.length(); at += piece) {
                    said.append(mouth.say(text.substring(at, Math.min(text.length(), at + piece))));
                }
                assertThat(said.append(mouth.end())).hasToString("[JWT] that is it");
            }
        }
    }
}
