package dev.penstock.audit.trail;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.penstock.journal.DataDirectory;
import dev.penstock.journal.checkpoint.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Another key is told once, and only where it is one; the file of public keys forgets none that can be read. */
class CheckpointKeyTests {

    private static final String ORIGIN = "penstock/a1";

    @TempDir
    private Path folder;

    private final Logger logger = (Logger) LoggerFactory.getLogger("penstock.audit");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private DataDirectory data;
    private String key;

    @BeforeEach
    void aFirstStart() {
        data = new DataDirectory(folder.resolve("data"));
        log.start();
        logger.addAppender(log);
        key = started();
    }

    @AfterEach
    void detach() {
        logger.detachAppender(log);
    }

    @Test
    void anotherKeyIsToldOnceAndStandsBeforeTheFirst() throws IOException {
        assertThat(Files.readString(shown())).isEqualTo(key + "\n");
        Files.delete(data.path().resolve("checkpoint-key"));
        String both = started();
        assertThat(both).endsWith("\n" + key).isNotEqualTo(key);
        assertThat(started()).isEqualTo(both);
        assertThat(Files.readString(shown())).isEqualTo(both + "\n");
        assertThat(told())
                .filteredOn(line -> line.contains("another key than before"))
                .hasSize(1);
    }

    /** Whoever can write the disk can add a line, too. */
    @Test
    void eachStartNamesTheOlderKeysWhereThereAreAny() throws IOException {
        String added = SigningKey.of(ORIGIN, SigningKey.draw()).verifier().text();
        Files.writeString(shown(), key + "\n" + added + "\n");
        started();
        started();
        assertThat(told())
                .hasSize(2)
                .allSatisfy(
                        line -> assertThat(line).contains("older keys", added).doesNotContain(key));
    }

    @Test
    void aFileWithoutAnyKeyIsWrittenAnewAndNoOtherKeyIsTold() throws IOException {
        for (String text : List.of("", "\r\n", "no key", key.substring(0, 30))) {
            Files.writeString(shown(), text);
            assertThat(started()).isEqualTo(key);
            assertThat(Files.readString(shown())).isEqualTo(key + "\n");
        }
        assertThat(told()).isEmpty();
    }

    @Test
    void whatElseStandsInTheFileTakesNoKeyFromIt() throws IOException {
        String older = SigningKey.of(ORIGIN, SigningKey.draw()).verifier().text();
        for (String text : List.of(key + "\r\n" + older + "\r\n", key + "\nno-key\n" + older, key + "\n\n" + older)) {
            Files.writeString(shown(), text);
            assertThat(started()).isEqualTo(key + "\n" + older);
            assertThat(Files.readString(shown())).isEqualTo(key + "\n" + older + "\n");
        }
        assertThat(told()).noneMatch(line -> line.contains("another key than before"));
    }

    @Test
    void keysOfAnotherInstanceAreNotItsOwn() throws IOException {
        String other =
                SigningKey.of("penstock/b2", SigningKey.draw()).verifier().text();
        Files.writeString(shown(), other);
        assertThat(started()).isEqualTo(key);
        assertThat(told()).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsToldAndKeepsNobodyFromStarting() throws IOException {
        Files.delete(shown());
        Files.createDirectories(shown().resolve("in-the-way"));
        assertThat(started()).isEqualTo(key);
        assertThat(told()).hasSize(1).first().asString().contains("checkpoint-key.pub cannot be used", key);
    }

    private String started() {
        return CheckpointKey.of(data, ORIGIN).verifier().lines();
    }

    private List<String> told() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private Path shown() {
        return data.path().resolve("checkpoint-key.pub");
    }
}
