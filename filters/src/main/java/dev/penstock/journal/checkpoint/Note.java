package dev.penstock.journal.checkpoint;

import java.util.List;
import java.util.Optional;

/**
 * A signed note: a text, an empty line, signatures.
 *
 * @param text with its last line end
 * @param signatures lines such as {@code — name base64}
 */
public record Note(String text, List<String> signatures) {

    public static final String SIGNATURE = "— ";

    /** An Ed25519 signature and its key's id in base64, of which the last character only fills up. */
    private static final int SIGNATURE_CHARACTERS = 91;

    /** As it is written; many may stand one behind the other, with an empty line between. */
    public String form() {
        return text + "\n" + String.join("\n", signatures) + "\n";
    }

    public Optional<Checkpoint> checkpoint() {
        return Checkpoint.parse(text);
    }

    /** Whether it has what a note must have; that nobody else wrote it is told by a key. */
    boolean whole() {
        return !text.isEmpty() && !signatures.isEmpty();
    }

    /** Whether a line is a signature, be it whole or not. */
    static boolean signs(String line) {
        return line.startsWith(SIGNATURE);
    }

    /** Not where the line was cut before its base64 ended: then it is nobody's, not even a forger's. */
    static boolean signsWhole(String line) {
        String[] words = line.strip().split(" ");
        return signs(line) && words.length > 2 && words[words.length - 1].length() >= SIGNATURE_CHARACTERS;
    }
}
