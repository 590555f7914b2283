package dev.penstock.gateway.command;

import dev.penstock.core.Json;
import dev.penstock.journal.segment.Segments;
import dev.penstock.journal.segment.Verification;
import dev.penstock.records.RecordSearch;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** {@code audit verify} and {@code audit show}. */
final class AuditCommands {

    private static final int MIB_OF_A_DOT = 64;

    private AuditCommands() {}

    static int verify(Path directory, PrintStream out) {
        Segments segments = Segments.in(journal(directory));
        if (segments.firsts().isEmpty()) {
            out.println(directory + ": no records (expected: a data directory, or the journal in it)");
            return 1;
        }
        long[] told = {0};
        Verification.Result result = Verification.of(segments, (records, bytes) -> {
            if ((bytes >> 20) - told[0] >= MIB_OF_A_DOT) {
                told[0] = bytes >> 20;
                out.println(records + " records, " + told[0] + " MiB …");
            }
            return true;
        });
        result.damage().forEach(found -> out.println("damaged: " + found));
        out.println(result.records() + " records, " + result.first() + " to " + result.last() + ", "
                + (result.sound() ? "sound" : result.damages() + " damaged")
                + (result.tornBytes() > 0 ? ", " + result.tornBytes() + " bytes of an unfinished batch at the end" : "")
                + ", hash " + result.hash());
        return result.sound() ? 0 : 1;
    }

    static int show(String id, Path directory, PrintStream out) {
        List<ObjectNode> records = new RecordSearch(Segments.in(journal(directory))).call(id);
        records.forEach(record -> out.println(Json.LENIENT_DEPTH.text(record)));
        if (records.isEmpty()) {
            out.println(id + ": no record in " + directory + " (expected: the id of a call, an intent or a request)");
        }
        return records.isEmpty() ? 1 : 0;
    }

    /** The directory itself, or the journal in a data directory. */
    private static Path journal(Path directory) {
        Path inside = directory.resolve("journal");
        return Files.isDirectory(inside) ? inside : directory;
    }
}
