package dev.penstock.alert;

import dev.penstock.core.WebAddress;
import dev.penstock.exchange.SecurityEvent;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The section {@code alerts:}.
 *
 * @param webhook where alerts are posted to as JSON; empty for nowhere. May hold a secret, as those of chat services do.
 * @param security the kinds of security events that are posted there, too
 */
public record AlertsConfig(
        @DefaultValue("") String webhook,

        @DefaultValue({
            "authentication-burst",
            "revoked-key-used",
            "key-exposed",
            "injection-flagged",
            "admin-denied",
            "config-changed",
            "audit-gap",
            "provider-key-rolled-back"
        })
        List<SecurityEvent.Kind> security) {

    public boolean wants(SecurityEvent.Kind kind) {
        return security.contains(kind);
    }

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
