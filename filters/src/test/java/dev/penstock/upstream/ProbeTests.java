package dev.penstock.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.credential.Credential;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests for {@link Probe}. */
class ProbeTests {

    private static final Credential KEY = new Credential("main", "upk-1");

    @TempDir
    private Path folder;

    private KeyRoom room;

    @BeforeEach
    void open() {
        room = new KeyRoom(folder);
        room.good.add("upk-1");
    }

    @AfterEach
    void close() {
        room.close();
    }

    private Probe.Result probed(Provider provider, Credential key) {
        return room.probe.of(provider, key).join();
    }

    private Provider provider(String... more) {
        return room.serve("[ { id: main, value: upk-1 } ]", more);
    }

    @Test
    void aListThatOnlyAKeyOpensCostsNothing() {
        Provider provider = provider();
        assertThat(probed(provider, KEY).verdict()).isEqualTo(Probe.Verdict.GOOD);
        assertThat(probed(provider, new Credential("main", "upk-bad")).verdict())
                .isEqualTo(Probe.Verdict.REFUSED);
        assertThat(room.calls()).isEmpty();
    }

    @Test
    void aProviderWithoutAListIsAskedForOneTokenOfTheCheapestModel() {
        room.list = 404;
        Probe.Result result = probed(provider(), KEY);
        assertThat(result.verdict()).isEqualTo(Probe.Verdict.GOOD);
        assertThat(room.calls()).singleElement().satisfies(body -> {
            assertThat(body.path("model").asString()).isEqualTo("cheap");
            assertThat(body.path("max_completion_tokens").asInt(0)
                            + body.path("max_tokens").asInt(0))
                    .isEqualTo(1);
        });
        assertThat(room.records.stream().map(record -> Json.string(record, "by") + Json.string(record, "verdict")))
                .as("recorded before it leaves, and what came of it")
                .containsExactly("models", "call", "callgood");
        assertThat(room.records.get(2).path("output").asInt()).isEqualTo(1);
        assertThat(room.records.toString()).doesNotContain("upk-1");
    }

    @Test
    void aListThatAnybodyGetsProvesNothing() {
        room.list = 200;
        Provider provider = provider();
        assertThat(probed(provider, new Credential("main", "upk-bad")).verdict())
                .isEqualTo(Probe.Verdict.REFUSED);
        assertThat(probed(provider, KEY).verdict()).isEqualTo(Probe.Verdict.GOOD);
        assertThat(room.calls()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 302, 408, 429, 500, 503})
    void aListThatNobodyWasRefusedProvesNothingEither(int keyless) {
        room.list = 200;
        room.keyless = keyless;
        Probe.Result result = probed(provider(), new Credential("main", "upk-bad"));
        assertThat(result.verdict()).isEqualTo(Probe.Verdict.UNCLEAR);
        assertThat(result.status()).as("what it was held against").isEqualTo(Math.max(0, keyless));
        assertThat(room.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404})
    void aListThatIsRefusedWithoutAKeyProvesTheKey(int keyless) {
        room.keyless = keyless;
        assertThat(probed(provider(), KEY).verdict()).isEqualTo(Probe.Verdict.GOOD);
        assertThat(room.calls()).isEmpty();
    }

    @Test
    void callsOfADayAreCountedAndNoneIsMadeWithoutLeave() {
        room.list = 404;
        Provider provider = provider("probe: { calls-per-day: 1 }");
        assertThat(List.of(
                        probed(provider, KEY).verdict(), probed(provider, KEY).verdict()))
                .containsExactly(Probe.Verdict.GOOD, Probe.Verdict.NOT_ASKED);
        assertThat(room.calls()).hasSize(1);
    }

    @Test
    void onlyACallIsMadeWhereThatIsConfigured() {
        Provider provider = provider("probe: { by: call }");
        assertThat(probed(provider, KEY).model()).isEqualTo("cheap");
        assertThat(room.upstream.ledger().exchanges()).hasSize(1);
    }

    @Test
    void sixProbesAMinuteAreTheMost() {
        Provider provider = provider();
        List<Probe.Verdict> verdicts = IntStream.range(0, 14)
                .mapToObj(i -> probed(provider, KEY).verdict())
                .toList();
        assertThat(verdicts).contains(Probe.Verdict.NOT_ASKED);
        assertThat(verdicts.stream().filter(it -> it == Probe.Verdict.GOOD).count())
                .as("six in each of at most two minutes")
                .isBetween(6L, 12L);
    }

    @Test
    void aServerThatFailsSaysNothingOfTheKey() {
        room.list = 500;
        assertThat(probed(provider(), KEY).verdict()).isEqualTo(Probe.Verdict.UNCLEAR);
        assertThat(room.calls()).isEmpty();
    }
}
