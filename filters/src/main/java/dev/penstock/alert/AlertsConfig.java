package dev.penstock.alert;

import dev.penstock.core.WebAddress;
import java.net.URI;
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
        return WebAddress.of(webhook);
    }

    /** Never shows the address. */
    @Override
    public String toString() {
        return "AlertsConfig[webhook=" + (webhook.isEmpty() ? "none" : "set") + "]";
    }
}
