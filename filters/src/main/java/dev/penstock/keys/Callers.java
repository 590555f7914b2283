package dev.penstock.keys;

import dev.penstock.core.Caller;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Told;
import dev.penstock.exchange.Settings;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** The callers that routes.yml declares, by the keys that requests carry. Thread-safe. */
public final class Callers {

    private final DataPort port;

    Callers(DataPort port) {
        this.port = port;
    }

    /**
     * The caller that a service's key stands for, by their names; empty when the configuration has none such.
     *
     * @param keyId empty for the service's first key
     */
    public static Optional<Caller> named(String service, String keyId, Settings settings) {
        CallerSettings callers = settings.get(CallerSettings.class);
        CallerSettings.ServiceConfig config = callers.services().get(service);
        if (config == null) {
            return Optional.empty();
        }
        return config.keys().stream()
                .map(CallerSettings.CallerKeyConfig::id)
                .filter(id -> keyId.isEmpty() || id.equals(keyId))
                .findFirst()
                .map(id -> new Caller(service, config.team().orElse(""), id, config.models()));
    }

    /**
     * The caller of a request.
     *
     * @throws GatewayException {@code key_unknown} when there is no key, more than one, a malformed or an unknown one
     */
    public Caller require(ServerHttpRequest request, Settings settings) {
        HttpHeaders headers = request.getHeaders();
        KeyTable.Entry entry =
                table(settings).find(CallerKey.in(headers)).orElseThrow(() -> unknown("no live key matches"));
        if (entry.loopbackOnly() && (port == DataPort.OPEN || forwarded(headers))) {
            throw unknown("key '" + entry.caller().keyId() + "' serves loopback only");
        }
        return entry.caller();
    }

    /** Whether a loopback-only key is declared that is not served, because the data port is open to others. */
    public boolean loopbackKeysOff(Settings settings) {
        return port == DataPort.OPEN && table(settings).hasLoopbackOnly();
    }

    static GatewayException unknown(String detail) {
        return new GatewayException(ErrorCode.KEY_UNKNOWN, Told.NOTHING, detail);
    }

    private static KeyTable table(Settings settings) {
        return settings.derive(KeyTable.class, it -> KeyTable.of(it.get(CallerSettings.class)));
    }

    private static boolean forwarded(HttpHeaders headers) {
        for (String name : headers.headerNames()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith("x-forwarded-") || DataPort.FORWARDED.contains(lower)) {
                return true;
            }
        }
        return false;
    }
}
