package dev.penstock.alert;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The section {@code alerts:}.
 *
 * @param webhook where alerts are posted to as JSON; empty for nowhere. May hold a secret, as those of chat services do.
 */
public record AlertsConfig(@DefaultValue("") String webhook) {

    /** Absent when it is empty or no {@code http(s)} address. */
    public Optional<URI> address() {
        try {
            URI uri = new URI(webhook);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }

    /** Never shows the address. */
    @Override
    public String toString() {
        return "AlertsConfig[webhook=" + (webhook.isEmpty() ? "none" : "set") + "]";
    }
}
