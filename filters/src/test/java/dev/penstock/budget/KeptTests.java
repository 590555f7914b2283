package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;

/** What instances and Redis' scripts have to agree on. */
class KeptTests {

    @ParameterizedTest
    @ValueSource(strings = {"hold-1.lua", "settle-1.lua", "subtotal-1.lua"})
    void whatWasSpentIsKnownAsLongToRedisAsToInstances(String script) throws Exception {
        String text = new ClassPathResource("dev/penstock/budget/" + script).getContentAsString(StandardCharsets.UTF_8);
        assertThat(text).containsPattern("KEPT = .*\\b" + Account.KEPT.toMillis() + "\\n");
    }
}
