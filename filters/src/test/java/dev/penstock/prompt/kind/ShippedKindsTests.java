package dev.penstock.prompt.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ShippedKindsTests {
    @Test
    void allLoad() {
        Kinds kinds = new Kinds(Path.of(System.getProperty("penstock.root"), "prompts"));
        assertThat(kinds.names()).hasSize(9);
    }
}
