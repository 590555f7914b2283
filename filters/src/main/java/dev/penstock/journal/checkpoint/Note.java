package dev.penstock.journal.checkpoint;

import java.util.ArrayList;
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

    /** As it is written; many may stand one behind the other, with an empty line between. */
    public String form() {
        return text + "\n" + String.join("\n", signatures) + "\n";
    }

    public Optional<Checkpoint> checkpoint() {
        return Checkpoint.parse(text);
    }

    /** All notes that are whole; the last may have been torn. */
    public static List<Note> all(String file) {
        List<Note> notes = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        List<String> signatures = new ArrayList<>();
        boolean signed = false;
        for (String line : (file + "\n\n").lines().toList()) {
            if (line.startsWith(SIGNATURE) && !text.isEmpty()) {
                signatures.add(line);
                signed = true;
            } else {
                if (signed) {
                    notes.add(new Note(text.toString(), List.copyOf(signatures)));
                    text.setLength(0);
                    signatures.clear();
                    signed = false;
                }
                if (!line.isEmpty()) {
                    text.append(line).append('\n');
                }
            }
        }
        if (signed) {
            notes.add(new Note(text.toString(), List.copyOf(signatures)));
        }
        return notes;
    }
}
