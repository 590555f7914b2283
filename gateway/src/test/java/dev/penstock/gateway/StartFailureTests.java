package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What the log says of a start that fails. */
@ExtendWith(OutputCaptureExtension.class)
class StartFailureTests {

    @TempDir
    private Path folder;

    @Test
    void everyMistakeHasALineAndIsToldOnce(CapturedOutput output) throws IOException {
        Path file = Files.writeString(folder.resolve("routes.yml"), """
                providers:
                  mock: { dialect: mock, conect: 1 }
                  real: { dialect: openai, base-url: "https://a.example", keys: [ { id: a, file: /none } ] }
                services: { a: { team: nobody } }
                """);
        assertThatThrownBy(() -> RunningGateway.ofFile(file).close()).isNotNull();
        List<String> told =
                output.getAll().lines().filter(it -> it.contains("(expected")).toList();
        assertThat(told).hasSize(3);
        assertThat(told.get(0)).contains(file + ":2:26 providers.mock.conect: unknown key 'conect'");
        assertThat(told.get(1)).contains(file + ":3:82 providers.real.keys[0].file: no such file");
        assertThat(told.get(2)).contains(file + ":4:24 services.a.team: 'nobody' is not declared");
        assertThat(output.getAll()).doesNotContain("\tat ");
    }
}
