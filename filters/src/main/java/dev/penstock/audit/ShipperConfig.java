package dev.penstock.audit;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One entry of {@code audit.shippers:}.
 *
 * @param name under which its place in the records is kept, and its meters are; the type's word when it is empty
 * @param url the whole address that is posted to. May hold a secret.
 * @param required whether records stay until it has them
 * @param events which records it sends
 * @param allowPrivate needed for plain http and for loopback, private and link-local addresses
 * @param headers set on every request to it, such as a token
 */
public record ShipperConfig(
        @DefaultValue("") String name,
        Type type,
        Optional<URI> url,
        @DefaultValue("true") boolean required,
        @DefaultValue("all") Events events,
        @DefaultValue("false") boolean allowPrivate,
        @DefaultValue Map<String, String> headers) {

    /** What its sink understands. */
    public enum Type {
        /** OpenTelemetry's logs over HTTP, as protobuf. */
        OTLP,
        /** JSON. */
        WEBHOOK
    }

    /** Which records. */
    public enum Events {
        ALL,
        /** Security events only. */
        SECURITY
    }

    /** Its name, given or not. */
    public String called() {
        return name.isEmpty() ? type.name().toLowerCase(Locale.ROOT) : name;
    }

    /** Never shows the address or the headers. */
    @Override
    public String toString() {
        return "ShipperConfig[" + called() + ", required=" + required + ", events=" + events + "]";
    }
}
