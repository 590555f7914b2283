package dev.penstock.journal.checkpoint;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a file of notes holds, one behind the other.
 *
 * @param whole with a text, and a signature that is long enough to be one
 * @param torn how many others there are: a full disk, or a copy that was cut, left a part of each. What they said is compared with
 *     nothing, which whoever compares has to tell
 * @param unsigned what of those can still be read
 */
public record Notes(List<Note> whole, int torn, List<Checkpoint> unsigned) {

    /** A torn character is none, and spoils no note before it. */
    public static Notes in(Path file) throws IOException {
        return of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    }

    public static Notes of(String file) {
        List<String> lines = file.lines().filter(line -> !line.isEmpty()).toList();
        List<Note> whole = new ArrayList<>();
        List<Checkpoint> unsigned = new ArrayList<>();
        int all = 0;
        int from = 0;
        for (int i = 1; i <= lines.size(); i++) {
            if (i == lines.size() || begins(lines, i)) {
                Note note = note(lines.subList(from, i));
                if (note.whole()) {
                    whole.add(note);
                } else {
                    note.checkpoint().ifPresent(unsigned::add);
                }
                all++;
                from = i;
            }
        }
        return new Notes(List.copyOf(whole), all - whole.size(), List.copyOf(unsigned));
    }

    /** For people; empty when none is torn. */
    public Optional<String> leftOut(String source) {
        String line = source + ": torn checkpoints that were left out: " + torn + " (expected: whole ones)";
        return Optional.of(line).filter(it -> torn > 0);
    }

    /** Behind a signature; or where a checkpoint stands within the text of another, whose signature never came. */
    private static boolean begins(List<String> lines, int at) {
        boolean behind = Note.signs(lines.get(at - 1)) && !Note.signs(lines.get(at));
        return behind || Checkpoint.begins(lines.subList(at, lines.size()));
    }

    private static Note note(List<String> lines) {
        String text = lines.stream()
                .filter(line -> !Note.signs(line))
                .map(line -> line + "\n")
                .collect(joining());
        List<String> signatures = lines.stream().filter(Note::signsWhole).toList();
        return new Note(text, signatures);
    }
}
