package dev.penstock.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.util.FileSystemUtils;

/** Folders that are gone when this JVM is: for what outlives a test, such as the records of an application that it shares with others. */
public final class Folders {

    private static final Set<Path> MADE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Folders::delete, "folders"));
    }

    private Folders() {}

    public static Path make(String prefix) {
        try {
            Path folder = Files.createTempDirectory(prefix);
            MADE.add(folder);
            return folder;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void delete() {
        for (Path folder : MADE) {
            FileSystemUtils.deleteRecursively(folder.toFile());
        }
    }
}
