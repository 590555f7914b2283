package dev.penstock.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A document that is made from code and kept in the repository: a stale one fails the build. */
public final class Generated {

    private Generated() {}

    /** Compares the file, named from the project's root; {@code -Dpenstock.write=true} writes it first. */
    public static void check(String name, String content) {
        Path file = Path.of(System.getProperty("penstock.root", ".."), name);
        try {
            if (Boolean.getBoolean("penstock.write")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, content);
            }
            assertThat(file).exists();
            assertThat(Files.readString(file))
                    .as("%s is stale: run ./mvnw test -Dpenstock.write=true", name)
                    .isEqualTo(content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
