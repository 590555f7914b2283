package dev.penstock.audit.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The key that wraps the services' keys: never in the data directory, so that a copy of that shows nothing. */
public final class MasterKey {

    private static final String VARIABLE = "PENSTOCK_CONTENT_KEY";
    private static final String FILE = "penstock.content-key";
    private static final String EXPECTED = " (expected: 64 hex digits, such as 'openssl rand -hex 32' prints, in "
            + VARIABLE + " or in a file that --" + FILE + " names)";

    private final Aes aes;

    private MasterKey(byte[] key) {
        this.aes = new Aes(key);
    }

    /**
     * From the variable, or from the file that the property names; absent when neither is set.
     *
     * @throws IllegalArgumentException when what is set is no key
     */
    public static Optional<MasterKey> of(Function<String, @Nullable String> settings) {
        String given = word(settings.apply(VARIABLE));
        String file = word(settings.apply(FILE));
        if (!given.isEmpty()) {
            return Optional.of(parse(given, VARIABLE));
        }
        return file.isEmpty() ? Optional.empty() : Optional.of(parse(read(Path.of(file)), file));
    }

    /** What to set, for whoever needs one and has none. */
    public static String expected() {
        return "there is no master key" + EXPECTED;
    }

    private static String word(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(FILE + ": " + file + " cannot be read" + EXPECTED);
        }
    }

    private static MasterKey parse(String hex, String from) {
        if (!hex.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException(
                    from + " holds " + hex.length() + " characters that are no key" + EXPECTED);
        }
        return new MasterKey(HexFormat.of().parseHex(hex));
    }

    byte[] wrap(byte[] key, String name) {
        return aes.seal(key, name);
    }

    Optional<byte[]> unwrap(byte[] wrapped, String name) {
        return aes.open(wrapped, name);
    }
}
