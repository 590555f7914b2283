package dev.penstock.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.penstock.core.Caller;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.exchange.Settings;
import dev.penstock.keys.CallerSettings.CallerKeyConfig;
import dev.penstock.keys.CallerSettings.ServiceConfig;
import dev.penstock.testing.Exchanges;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

/** Tests for {@link Callers}. */
class CallersTests {

    private static final String DIGEST =
            HexFormat.of().formatHex(Digest.of("by-digest").bytes());

    private static final Settings SETTINGS = Exchanges.settings(new CallerSettings(
            Map.of(
                    "billing", service("finance", key("main", "psk_1"), digest("second", DIGEST)),
                    "demo",
                            service(
                                    "platform",
                                    new CallerKeyConfig(
                                            "demo", Optional.of("psk_demo"), Optional.empty(), true, Optional.empty())),
                    "nobody", service("none", key("absent", ""), key("blank", " "))),
            Map.of()));

    private final Callers callers = KeyRoom.declared(DataPort.LOOPBACK);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authorization=Bearer psk_1",
                "authorization=bearer  psk_1 ",
                "x-api-key=psk_1",
                "api-key=psk_1",
                "x-goog-api-key=psk_1",
                "x-api-key=by-digest"
            })
    void aLiveKeyNamesItsCaller(String header) {
        Caller caller = callers.of(request(header), SETTINGS).block();
        assertThat(caller.service()).isEqualTo("billing");
        assertThat(caller.team()).isEqualTo("finance");
        assertThat(caller.keyId()).isIn("main", "second");
    }

    @Test
    void aKeyThatIsNamedTwiceIsTheStricterOne() {
        CallerKeyConfig strict =
                new CallerKeyConfig("demo", Optional.of("psk_demo"), Optional.empty(), true, Optional.empty());
        CallerKeyConfig open = key("container", "psk_demo");
        for (ServiceConfig twice : List.of(service("a", strict, open), service("a", open, strict))) {
            Settings settings = Exchanges.settings(new CallerSettings(Map.of("demo", twice), Map.of()));
            assertThatExceptionOfType(GatewayException.class)
                    .isThrownBy(() -> KeyRoom.declared(DataPort.OPEN)
                            .of(request("x-api-key=psk_demo"), settings)
                            .block());
            assertThat(callers.of(request("x-api-key=psk_demo"), settings)
                            .block()
                            .service())
                    .isEqualTo("demo");
        }
    }

    @Test
    void theSameKeyInTwoHeadersIsOneKey() {
        assertThat(callers.of(request("authorization=Bearer psk_1", "x-api-key=psk_1"), SETTINGS)
                        .block()
                        .service())
                .isEqualTo("billing");
    }

    @Test
    void anEmptyHeaderIsNoKey() {
        assertThat(callers.of(request("authorization=Bearer ", "x-api-key=psk_1"), SETTINGS)
                        .block()
                        .service())
                .isEqualTo("billing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-other=psk_1",
                "x-api-key=",
                "x-api-key=psk_2",
                "authorization=Basic psk_1",
                "authorization=psk_1",
                "authorization=Bearer",
                "x-api-key=PSK_1"
            })
    void anythingElseIsUnknown(String header) {
        refused(callers, request(header));
    }

    @Test
    void severalDifferentKeysAreRefusedEvenIfAllLive() {
        refused(callers, request("x-api-key=psk_1", "api-key=by-digest"));
    }

    @Test
    void aDigestIsNotAcceptedAsAKey() {
        refused(callers, request("x-api-key=" + DIGEST));
    }

    @Test
    void aVeryLongKeyIsNotLookedAt() {
        refused(callers, request("x-api-key=" + "k".repeat(513)));
    }

    @Test
    void theMessageHoldsNoKey() {
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() ->
                        callers.of(request("x-api-key=psk_secret"), SETTINGS).block())
                .satisfies(failure ->
                        assertThat(failure.toString() + failure.told()).doesNotContain("secret"));
    }

    @Test
    void aLoopbackKeyServesLoopback() {
        assertThat(callers.of(request("x-api-key=psk_demo"), SETTINGS).block().service())
                .isEqualTo("demo");
        assertThat(callers.loopbackKeysOff(SETTINGS)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "forwarded=for=1.2.3.4",
                "X-Forwarded-For=1.2.3.4",
                "x-forwarded-proto=https",
                "x-real-ip=1.2.3.4",
                "cf-connecting-ip=1.2.3.4",
                "true-client-ip=1.2.3.4",
                "x-client-ip=1.2.3.4",
                "x-forwarded=for=1.2.3.4",
                "via=1.1 proxy"
            })
    void aLoopbackKeyNeverServesAForwardedRequest(String header) {
        refused(callers, request("x-api-key=psk_demo", header));
        assertThat(callers.of(request("x-api-key=psk_1", header), SETTINGS)
                        .block()
                        .service())
                .isEqualTo("billing");
    }

    @Test
    void aLoopbackKeyDoesNotExistOnAnOpenPort() {
        Callers open = KeyRoom.declared(DataPort.OPEN);
        refused(open, request("x-api-key=psk_demo"));
        assertThat(open.loopbackKeysOff(SETTINGS)).isTrue();
        assertThat(open.of(request("x-api-key=psk_1"), SETTINGS).block().service())
                .isEqualTo("billing");
    }

    private static void refused(Callers callers, MockServerHttpRequest request) {
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> callers.of(request, SETTINGS).block())
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.KEY_UNKNOWN));
    }

    private static MockServerHttpRequest request(String... headers) {
        MockServerHttpRequest.BodyBuilder request = MockServerHttpRequest.post("/");
        for (String header : headers) {
            int equals = header.indexOf('=');
            request.header(header.substring(0, equals), header.substring(equals + 1));
        }
        return request.build();
    }

    private static ServiceConfig service(String team, CallerKeyConfig... keys) {
        return new ServiceConfig(
                Optional.of(team), List.of(keys), List.of("*"), Optional.empty(), List.of(), List.of());
    }

    private static CallerKeyConfig key(String id, String value) {
        return new CallerKeyConfig(id, Optional.of(value), Optional.empty(), false, Optional.empty());
    }

    private static CallerKeyConfig digest(String id, String hex) {
        return new CallerKeyConfig(id, Optional.empty(), Optional.of(hex), false, Optional.empty());
    }
}
