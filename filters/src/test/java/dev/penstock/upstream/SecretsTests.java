package dev.penstock.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.Json;
import dev.penstock.credential.KeyForms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Tests for {@link Secrets} and {@link KeyForms}. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsTests {

    @TempDir
    private Path folder;

    private final Secrets secrets = new Secrets(name -> name.equals("KNOWN") ? " upk-env \n" : null);

    private static ProviderConfig config(String baseUrl) {
        return new Binder(new MapConfigurationPropertySource(
                        Map.of("provider.dialect", "openai", "provider.base-url", baseUrl)))
                .bind("provider", ProviderConfig.class)
                .get();
    }

    private Path file(String content, String mode) throws IOException {
        Path file = Files.writeString(folder.resolve("key" + mode.hashCode()), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @Test
    void aFileThatOthersMayReadIsWarnedOfOnceAndUsed(CapturedOutput output) throws IOException {
        Path open = file("upk-1\n", "rw-r--r--");
        assertThat(secrets.in(open.toString())).contains("upk-1");
        assertThat(secrets.in(open.toString())).contains("upk-1");
        Path closed = file("upk-2", "r--------");
        assertThat(secrets.in(closed.toString())).contains("upk-2");
        assertThat(output.getAll())
                .containsOnlyOnce(open + " can be read by others (expected: mode 0400 or 0600)")
                .doesNotContain(closed.toString(), "upk-1", "upk-2");
    }

    @Test
    void aReferenceThatLeadsNowhereIsToldByName() throws IOException {
        ProviderConfig config = config("https://api.openai.com/v1");
        assertThatThrownBy(() -> secrets.of("k", Json.object().put("env", "MISSING"), config))
                .hasMessageContaining("'env' is not set");
        assertThatThrownBy(() -> secrets.of("k", Json.object().put("file", folder + "/none"), config))
                .hasMessageContaining("'file' cannot be read");
        assertThatThrownBy(() -> secrets.of("k", Json.object().put("env", "KNOWN"), config))
                .hasMessageContaining(
                        "'env' holds no such key (expected: a key of api.openai.com, which begins with sk-)")
                .hasMessageNotContaining("upk-env");
        ProviderConfig compatible = config("https://models.example/v1");
        assertThat(secrets.of("k", Json.object().put("env", "KNOWN"), compatible)
                        .secret())
                .isEqualTo("upk-env");
    }

    @Test
    void aKeyThatNoHeaderCanCarryIsNone() {
        assertThat(KeyForms.expected("models.example", "two words")).isPresent();
        assertThat(KeyForms.expected("models.example", "")).isPresent();
        assertThat(KeyForms.expected("api.anthropic.com", "sk-ant-1")).isEmpty();
        assertThat(KeyForms.expected("api.anthropic.com", "sk-1")).isPresent();
    }
}
