package dev.penstock.prompt.kind;

import dev.penstock.prompt.template.PromptException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of one kind. Reads at start-up only. */
record KindFolder(Path folder) {

    private static final String VERSION = "v[0-9]{1,6}\\.txt";

    String name() {
        return folder.getFileName().toString();
    }

    /** As it is told in errors. */
    String path(String file) {
        return folder.resolve(file).toString();
    }

    byte[] bytes(String file) {
        try {
            return Files.readAllBytes(folder.resolve(file));
        } catch (NoSuchFileException missing) {
            throw new PromptException(path(file), "no such file (expected: one, in each kind's folder)");
        } catch (IOException unreadable) {
            throw new PromptException(path(file), "cannot be read: " + unreadable.getMessage());
        }
    }

    /** Line ends become {@code \n}. */
    String text(String file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(file)))
                    .toString()
                    .replace("\r\n", "\n");
        } catch (CharacterCodingException broken) {
            throw new PromptException(path(file), "not UTF-8 (expected: UTF-8)");
        }
    }

    /** The names of its versions, such as {@code v1}. */
    List<String> versions() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(VERSION))
                    .map(name -> name.substring(0, name.length() - ".txt".length()))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new PromptException(folder.toString(), "cannot be read: " + unreadable.getMessage());
        }
    }
}
