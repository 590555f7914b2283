package dev.penstock.journal.embedded;

import dev.penstock.core.Json;
import dev.penstock.journal.segment.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** The last two snapshots on disk: a line with the SHA-256 of the JSON behind it. Thread-safe. */
final class Snapshots {

    private static final Pattern NAME = Pattern.compile("snapshot-\\d{19}\\.json");
    private static final int KEPT = 2;
    private static final int SUM = 65;

    private final Path directory;
    private final Disk disk;

    Snapshots(Path directory, Disk disk) {
        this.directory = directory;
        this.disk = disk;
    }

    synchronized void save(Snapshot snapshot) throws IOException {
        byte[] json = Json.LENIENT_DEPTH.write(snapshot.json());
        Path beside = directory.resolve("snapshot.new");
        Files.deleteIfExists(beside);
        try (Disk.DiskFile file = disk.open(beside)) {
            byte[] sum = (sum(json, 0) + "\n").getBytes(StandardCharsets.ISO_8859_1);
            file.write(ByteBuffer.wrap(sum), 0);
            file.write(ByteBuffer.wrap(json), sum.length);
            file.force();
        }
        disk.move(
                beside,
                directory.resolve(
                        String.format("snapshot-%019d.json", snapshot.chain().seq())));
        disk.forceDirectory(directory);
        List<Path> all = files();
        for (Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
            Files.deleteIfExists(old);
        }
    }

    /** The newest that is whole. */
    Optional<Snapshot> load() throws IOException {
        for (Path file : files()) {
            Optional<Snapshot> snapshot = read(Files.readAllBytes(file));
            if (snapshot.isPresent()) {
                return snapshot;
            }
        }
        return Optional.empty();
    }

    /** The segment that the older of the two needs to be caught up; nothing before it is needed to start. */
    synchronized long neededFrom() throws IOException {
        long needed = Long.MAX_VALUE;
        List<Path> all = files();
        for (Path file : all) {
            long segment = read(Files.readAllBytes(file))
                    .map(snapshot -> snapshot.last().segment())
                    .orElse(0L);
            needed = Math.min(needed, segment);
        }
        return all.isEmpty() ? 0 : needed;
    }

    private static Optional<Snapshot> read(byte[] bytes) {
        if (bytes.length <= SUM
                || !sum(bytes, SUM).equals(new String(bytes, 0, SUM - 1, StandardCharsets.ISO_8859_1))) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Snapshot.of((ObjectNode) Json.LENIENT_DEPTH.read(Arrays.copyOfRange(bytes, SUM, bytes.length))));
        } catch (JacksonException | ClassCastException | IllegalArgumentException otherForm) {
            return Optional.empty();
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    private static String sum(byte[] bytes, int from) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, from, bytes.length - from);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
