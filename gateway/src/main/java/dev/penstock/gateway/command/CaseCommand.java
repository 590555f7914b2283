package dev.penstock.gateway.command;

import dev.penstock.core.Json;
import dev.penstock.journal.checkpoint.Note;
import dev.penstock.journal.checkpoint.Notes;
import dev.penstock.journal.checkpoint.VerifierKey;
import dev.penstock.records.CaseVerification;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code audit verify CASE.zip [--checkpoint FILE] [--key FILE]}. */
final class CaseCommand {

    private CaseCommand() {}

    /** The exit code. */
    static int verify(Path file, Optional<Path> checkpoint, Optional<Path> keyFile, PrintStream out) {
        try {
            List<Note> notes = checkpoint.isPresent() ? notes(checkpoint.get(), out) : List.of();
            VerifierKey key = keyFile.isPresent() ? VerifierKey.parse(Files.readString(keyFile.get())) : null;
            CaseVerification.Found found = CaseVerification.of(file, notes, key);
            if (key == null) {
                out.println(
                        "warning: the keys are those in the case, "
                                + found.signers().size()
                                + " of them signed its checkpoints; each must be known to you (expected: --key FILE with what you know)");
                found.signers().forEach(line -> out.println("key: " + line));
            }
            found.wrong().forEach(line -> out.println("wrong: " + line));
            out.println(found.records() + " records, of " + Json.LENIENT_DEPTH.text(found.about()) + ", "
                    + (found.sound() ? "are what was written" : "not sound") + "; " + found.matching()
                    + " checkpoints match");
            return found.sound() ? 0 : 1;
        } catch (IOException | IllegalArgumentException unreadable) {
            out.println(String.valueOf(unreadable.getMessage()));
            return 1;
        }
    }

    private static List<Note> notes(Path file, PrintStream out) throws IOException {
        Notes notes = Notes.in(file);
        notes.leftOut(file.toString()).ifPresent(line -> out.println("warning: " + line));
        if (notes.whole().isEmpty()) {
            throw new IllegalArgumentException(
                    file + ": no checkpoint (expected: signed notes, as the file 'checkpoints' has)");
        }
        return notes.whole();
    }
}
