package dev.penstock.gateway.command;

import dev.penstock.audit.content.ContentCheck;
import dev.penstock.audit.trail.CheckpointFile;
import dev.penstock.journal.checkpoint.Evidence;
import dev.penstock.journal.checkpoint.Note;
import dev.penstock.journal.checkpoint.Notes;
import dev.penstock.journal.checkpoint.TrailVerification;
import dev.penstock.journal.checkpoint.VerifierKey;
import dev.penstock.journal.segment.Segments;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code audit verify DIR [--checkpoint FILE] [--key FILE]}. */
final class AuditVerify {

    private static final int MIB_OF_A_LINE = 64;
    private static final String OWN = "checkpoints";

    private final Path data;
    private final Path journal;
    private final PrintStream out;
    private final PrintStream progress;

    /** {@code directory} is a data directory, or the journal in one. */
    AuditVerify(Path directory, PrintStream out, PrintStream progress) {
        Path inside = directory.resolve("journal");
        this.journal = Files.isDirectory(inside) ? inside : directory;
        this.data = Files.isDirectory(inside)
                ? directory
                : directory.toAbsolutePath().normalize().getParent();
        this.out = out;
        this.progress = progress;
    }

    /** The exit code. */
    int run(Optional<Path> exported, Optional<Path> keyFile) {
        Segments segments = Segments.in(journal);
        if (segments.firsts().isEmpty()) {
            out.println(journal + ": no records (expected: a data directory, or the journal in it)");
            return 1;
        }
        List<Evidence> evidence;
        try {
            evidence = evidence(exported, keyFile);
        } catch (IOException | IllegalArgumentException unreadable) {
            out.println(
                    unreadable instanceof IOException ? unreadable + " (expected: a file)" : unreadable.getMessage());
            return 1;
        }
        long[] told = {0};
        ContentCheck texts = new ContentCheck(data, (records, bytes) -> {
            if ((bytes >> 20) - told[0] >= MIB_OF_A_LINE) {
                told[0] = bytes >> 20;
                progress.println(records + " records, " + told[0] + " MiB …");
            }
            return true;
        });
        TrailVerification.Found found = TrailVerification.of(segments, evidence, texts);
        tell(found, exported);
        tell(texts);
        return found.sound() && texts.altered().isEmpty() ? 0 : 1;
    }

    private List<Evidence> evidence(Optional<Path> exported, Optional<Path> keyFile) throws IOException {
        List<Evidence> evidence = new ArrayList<>();
        Optional<VerifierKey> given = keyFile.isPresent()
                ? Optional.of(VerifierKey.parse(Files.readString(keyFile.get())))
                : Optional.empty();
        if (exported.isPresent()) {
            evidence.add(exported(exported.get(), given));
        }
        Evidence own = own(given);
        // a key that nothing at all is signed by has to be told
        boolean nothingElse = given.isPresent() && exported.isEmpty();
        if (nothingElse || !own.notes().isEmpty()) {
            evidence.add(own);
        }
        return evidence;
    }

    private Evidence exported(Path file, Optional<VerifierKey> given) throws IOException {
        Notes notes = Notes.in(file);
        notes.leftOut(file.toString()).ifPresent(line -> out.println("warning: " + line));
        if (notes.whole().isEmpty() && notes.torn() == 0) {
            throw new IllegalArgumentException(
                    file + ": no checkpoint (expected: signed notes, as the file '" + OWN + "' has)");
        }
        if (given.isPresent()) {
            return Evidence.of(file.toString(), notes, given.get());
        }
        Optional<VerifierKey> beside = ownKey();
        out.println(
                beside.isPresent()
                        ? "warning: the key is the one beside the records, which whoever changed them can change, too (expected: --key FILE)"
                        : "warning: no key, signatures are not checked (expected: --key FILE)");
        return Evidence.of(file.toString(), notes, beside.orElse(null));
    }

    /** What the machine says itself: enough against those who forget it, and against those who cannot sign for a key that is given. */
    private Evidence own(Optional<VerifierKey> given) throws IOException {
        Path file = data.resolve(OWN);
        List<Note> notes = Files.isReadable(file) ? new CheckpointFile(data).all() : List.of();
        Optional<VerifierKey> key = given.isPresent() || notes.isEmpty() ? given : ownKey();
        return new Evidence(file.toString(), notes, key.orElse(null));
    }

    private Optional<VerifierKey> ownKey() throws IOException {
        Path file = data.resolve("checkpoint-key.pub");
        return Files.isReadable(file) ? Optional.of(VerifierKey.parse(Files.readString(file))) : Optional.empty();
    }

    private void tell(ContentCheck texts) {
        texts.altered().forEach(line -> out.println("altered: " + line));
        if (texts.whole() + texts.deleted() > 0) {
            out.println(texts.whole() + " texts are as their records say, " + texts.deleted() + " are no longer there");
        }
    }

    private void tell(TrailVerification.Found found, Optional<Path> exported) {
        found.damage().forEach(damage -> out.println("damaged: " + damage));
        found.forged().forEach(line -> out.println("forged: " + line));
        var journalFound = found.journal();
        out.println(journalFound.records() + " records, " + journalFound.first() + " to " + journalFound.last() + ", "
                + (found.sound() ? "sound" : found.intact() ? "not proven" : "not sound")
                + (journalFound.tornBytes() > 0
                        ? ", " + journalFound.tornBytes() + " bytes of an unfinished batch at the end"
                        : "")
                + ", hash " + journalFound.hash() + ", of " + found.origin());
        found.untold()
                .ifPresent(it -> out.println("warning: records " + it.first() + " to " + it.last()
                        + " are missing in the form that retention has, and no record that is confirmed says so (expected: 'retention.deleted');"
                        + " whoever can write the files may have removed them"));
        found.wanting().forEach(line -> out.println("not proven: " + line));
        if (found.foreign() > 0) {
            out.println(found.foreign() + " checkpoints are of other trails");
        }
        found.confirmed()
                .ifPresent(newest -> out.println(found.matching() + " checkpoints match, the newest is the " + newest
                        + ": up to there nothing was changed, dropped or added"));
        if (found.passed() > 0) {
            out.println(found.passed()
                    + " checkpoints lie among records that retention deleted, and could not be compared");
        }
        if (exported.isEmpty()) {
            out.println("no --checkpoint: only what the machine itself says. A trail that was written anew, or cut,"
                    + " is found with a checkpoint that was kept elsewhere");
        }
    }
}
