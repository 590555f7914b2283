package dev.penstock.audit;

import dev.penstock.core.WebAddress;
import java.net.URI;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code audit.checkpoints:}.
 *
 * @param webhook where signed checkpoints are posted to as text; empty for nowhere. May hold a secret.
 */
public record CheckpointsConfig(@DefaultValue("") String webhook) {

    /** Absent when it is empty or no {@code http(s)} address. */
    public Optional<URI> address() {
        return WebAddress.of(webhook);
    }

    /** Never shows the address. */
    @Override
    public String toString() {
        return "CheckpointsConfig[webhook=" + (webhook.isEmpty() ? "none" : "set") + "]";
    }
}
