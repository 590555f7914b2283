package dev.penstock.audit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Makes of a text the keyed hash that records hold of it. Thread-safe. */
public final class TextHash {

    /** Shorter ones stand alone in no record: they are in too many calls, and soon guessed. */
    private static final int SHORTEST = 16;

    private final Hmac hmac;

    TextHash(Hmac hmac) {
        this.hmac = hmac;
    }

    /** {@code key} is the data directory's own, of 32 bytes. */
    public static TextHash with(byte[] key) {
        return new TextHash(new Hmac(key));
    }

    /** The white space around a text does not count; everything within does. */
    public String of(String text) {
        return hmac.of(text.strip().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The text of what somebody asks about.
     *
     * @throws IllegalArgumentException when no record could hold it by itself; the message goes on behind the name of the thing
     */
    public static String read(byte[] utf8) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException other) {
            throw new IllegalArgumentException("is no text (expected: UTF-8)");
        }
        if (isTooShort(text)) {
            throw new IllegalArgumentException(
                    "is too short: no record holds it by itself (expected: at least " + SHORTEST + " characters)");
        }
        return text;
    }

    static boolean isTooShort(String text) {
        return text.strip().length() < SHORTEST;
    }

    Hmac hmac() {
        return hmac;
    }
}
