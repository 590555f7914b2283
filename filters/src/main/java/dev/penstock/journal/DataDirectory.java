package dev.penstock.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Where an instance keeps what must survive it. Readable by its owner only. */
public final class DataDirectory {

    private static final int ID_BYTES = 8;

    private final Path path;

    /** Makes it when it is missing. */
    public DataDirectory(Path path) {
        this.path = path.toAbsolutePath().normalize();
        try {
            if (!Files.isDirectory(this.path)) {
                Files.createDirectories(
                        this.path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException failure) {
            throw unusable(this.path, failure);
        }
    }

    public Path path() {
        return path;
    }

    /** The instance's own name, drawn once: 16 hex digits. */
    public String instanceId() {
        return once("instance-id", () -> HexFormat.of().formatHex(random(ID_BYTES)));
    }

    public Path journal() {
        return path.resolve("journal");
    }

    /** A line of text, drawn once. */
    public String line(String name, java.util.function.Supplier<String> draw) {
        return once(name, draw);
    }

    /** A secret of so many random bytes, drawn once. */
    public byte[] secret(String name, int bytes) {
        return HexFormat.of().parseHex(once(name, () -> HexFormat.of().formatHex(random(bytes))));
    }

    private static byte[] random(int bytes) {
        byte[] drawn = new byte[bytes];
        new SecureRandom().nextBytes(drawn);
        return drawn;
    }

    /** Replaces a file, whole or not at all; durable when this returns. */
    public static void replace(Path file, byte[] content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path beside = Files.createTempFile(folder, file.getFileName().toString(), ".new");
        try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
            Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-------"));
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** What stands in a file of this name, or what is drawn and put there; 0600, whole or not at all. */
    private String once(String name, java.util.function.Supplier<String> draw) {
        Path file = path.resolve(name);
        try {
            if (!Files.exists(file)) {
                write(file, draw.get());
            }
            return Files.readString(file).strip();
        } catch (IOException failure) {
            throw unusable(file, failure);
        }
    }

    private static void write(Path file, String text) throws IOException {
        Path beside = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new");
        try {
            Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-------"));
            Files.writeString(beside, text + "\n");
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException other) {
            Files.delete(beside);
        }
    }

    private static UncheckedIOException unusable(Path file, IOException failure) {
        return new UncheckedIOException(
                "penstock.data: " + file + " cannot be used (expected: a directory that can be written)", failure);
    }
}
