package dev.penstock.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.exchange.Settings;
import dev.penstock.testing.Exchanges;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests for {@link Providers}. */
class ProvidersTests {

    @TempDir
    Path data;

    private KeyRoom room;

    @BeforeEach
    void open() {
        room = new KeyRoom(data);
    }

    @AfterEach
    void close() {
        room.close();
    }

    private Settings serve(String key) {
        room.serveKey("main", key);
        return Exchanges.settings(room.settings());
    }

    @Test
    void aProviderIsTheSameAsLongAsItsConfigurationIs() {
        Settings first = serve("upk-1");
        Provider provider = room.providers.of("first", first);
        assertThat(room.providers.of("first", first)).isSameAs(provider);
        assertThat(room.providers.of("first", serve("upk-1"))).isSameAs(provider);
        assertThat(room.providers.of("first", serve("upk-2"))).isNotSameAs(provider);
    }

    /** Requests that began before two changes see the configuration as it was, and the provider as it runs. */
    @Test
    void aConfigurationThatComesBackIsMadeAnewForAllWhoSeeIt() {
        Settings first = serve("upk-1");
        Provider before = room.providers.of("first", first);
        serve("upk-2");
        assertThat(room.providers.of("first", first)).isSameAs(before);
        Provider back = room.providers.of("first", serve("upk-1"));
        assertThat(back).isNotSameAs(before);
        assertThat(room.providers.of("first", first)).isSameAs(back);
    }
}
