package dev.penstock.journal.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tests for {@link Links}: it takes what an expression says, which is slower. */
class LinksTests {

    private static final Pattern LINKS = Pattern.compile(
            "\\{\"chain\":\"([A-Za-z0-9._-]{1,128})\",\"seq\":([1-9]\\d{0,17}),\"prev\":\"([0-9a-f]{64})\"[,}]");

    @Test
    void whatIsNearlyWrittenByAJournalIsTold() {
        long seed = System.nanoTime();
        System.out.println("LinksTests seed " + seed);
        Random random = new Random(seed);
        int taken = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] payload = payload(random);
            Optional<Links> links = Links.of(payload);
            assertThat(links)
                    .as(new String(payload, StandardCharsets.ISO_8859_1))
                    .isEqualTo(expected(payload));
            taken += links.isPresent() ? 1 : 0;
        }
        assertThat(taken).isBetween(2_000, 18_000);
    }

    private static Optional<Links> expected(byte[] payload) {
        Matcher links = LINKS.matcher(new String(payload, StandardCharsets.ISO_8859_1));
        return links.lookingAt()
                ? Optional.of(new Links(links.group(1), Long.parseLong(links.group(2)), links.group(3)))
                : Optional.empty();
    }

    private static byte[] payload(Random random) {
        String name = "chain.A-1_".repeat(13).substring(0, random.nextInt(131));
        String seq = Long.toString(random.nextLong() >>> random.nextInt(64));
        String hash = "0123456789abcdef".repeat(5).substring(0, random.nextInt(10) == 0 ? 63 + random.nextInt(3) : 64);
        String end = random.nextInt(10) == 0 ? "" : random.nextBoolean() ? "}" : ",\"type\":\"boot\"}";
        byte[] payload = ("{\"chain\":\"" + name + "\",\"seq\":" + seq + ",\"prev\":\"" + hash + "\"" + end)
                .getBytes(StandardCharsets.ISO_8859_1);
        if (random.nextInt(4) == 0) {
            payload[random.nextInt(payload.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(payload, random.nextInt(payload.length)) : payload;
    }
}
