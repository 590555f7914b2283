package dev.penstock.admit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

/** Tests for {@link Gathering}. */
class GatheringTests {

    private final Gathering gathering = new Gathering(100, new InFlight().lease(1 << 20));

    private void add(String text) {
        gathering.add(DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void itsBytesAreThoseOfItsBuffers() {
        add("one ");
        add("two");
        assertThat(gathering.bytes())
                .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("one two"));
    }

    @Test
    void whatWasDroppedIsNoBody() {
        add("one");
        gathering.drop();
        add("two");
        assertThat(gathering.bytes()).isEmpty();
    }
}
