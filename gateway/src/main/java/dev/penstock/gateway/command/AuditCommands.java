package dev.penstock.gateway.command;

import dev.penstock.audit.TextHash;
import dev.penstock.audit.content.ContentReader;
import dev.penstock.audit.content.MasterKey;
import dev.penstock.core.Json;
import dev.penstock.journal.segment.Segments;
import dev.penstock.records.RecordSearch;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** {@code audit verify}, {@code audit key}, {@code audit hmac} and {@code audit show}. */
final class AuditCommands {

    private static final String CHECKPOINT = "--checkpoint";
    private static final String KEY = "--key";
    private static final Set<String> OPTIONS = Set.of(CHECKPOINT, KEY);

    private AuditCommands() {}

    /** {@code words} behind {@code audit verify}: a directory, and options with their values. Absent when they are others. */
    static Optional<Integer> verify(List<String> words, PrintStream out) {
        Map<String, Path> options = new HashMap<>();
        List<String> directories = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            if (!OPTIONS.contains(words.get(i))) {
                directories.add(words.get(i));
            } else if (i + 1 == words.size() || options.put(words.get(i), Path.of(words.get(++i))) != null) {
                return Optional.empty();
            }
        }
        if (directories.size() != 1 || directories.get(0).startsWith("--")) {
            return Optional.empty();
        }
        Path trail = Path.of(directories.get(0));
        Optional<Path> checkpoint = Optional.ofNullable(options.get(CHECKPOINT));
        Optional<Path> key = Optional.ofNullable(options.get(KEY));
        if (!Files.isRegularFile(trail)) {
            return Optional.of(new AuditVerify(trail, out, System.err).run(checkpoint, key));
        }
        // whoever can put a file in a directory's place does not choose what is verified of it
        if (!directories.get(0).toLowerCase(Locale.ROOT).endsWith(".zip")) {
            out.println(trail + ": no directory (expected: a data directory, the journal in it, or a case, CASE.zip)");
            return Optional.of(1);
        }
        return Optional.of(CaseCommand.verify(trail, checkpoint, key, out));
    }

    /** Prints the key that verifies the checkpoints of a data directory. */
    static int key(Path data, PrintStream out) {
        try {
            out.println(Files.readString(data.resolve("checkpoint-key.pub")).strip());
            return 0;
        } catch (IOException none) {
            out.println(data + ": no checkpoint-key.pub (expected: the data directory of a gateway that has run)");
            return 1;
        }
    }

    /** Prints the keyed hash of a text, as {@code text-hmac} wants it. */
    static int hmac(InputStream in, Path data, PrintStream out) {
        String key;
        try {
            key = Files.readString(data.resolve("audit-key")).strip();
        } catch (IOException none) {
            out.println(data + ": no audit-key (expected: the data directory of a gateway that has run)");
            return 1;
        }
        try {
            String text = TextHash.read(in.readAllBytes());
            out.println(TextHash.with(HexFormat.of().parseHex(key)).of(text));
            return 0;
        } catch (IOException | IllegalArgumentException unreadable) {
            out.println("the text on standard input " + unreadable.getMessage());
            return 1;
        }
    }

    static int show(String id, Path directory, PrintStream out) {
        List<ObjectNode> records = new RecordSearch(Segments.in(journal(directory))).call(id);
        records.forEach(record -> out.println(Json.LENIENT_DEPTH.text(record)));
        try {
            ContentReader texts = ContentReader.of(
                    data(directory), MasterKey.of(name -> System.getProperty(name, System.getenv(name))));
            records.forEach(
                    record -> texts.of(record).ifPresent(text -> out.println(Json.LENIENT_DEPTH.text(text.json()))));
        } catch (IllegalArgumentException otherKey) {
            out.println(otherKey.getMessage());
            return 1;
        }
        if (records.isEmpty()) {
            out.println(id + ": no record in " + directory + " (expected: the id of a call, an intent or a request)");
        }
        return records.isEmpty() ? 1 : 0;
    }

    private static Path data(Path directory) {
        return Files.isDirectory(directory.resolve("journal"))
                ? directory
                : directory.toAbsolutePath().normalize().getParent();
    }

    /** The directory itself, or the journal in a data directory. */
    private static Path journal(Path directory) {
        Path inside = directory.resolve("journal");
        return Files.isDirectory(inside) ? inside : directory;
    }
}
