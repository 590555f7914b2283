package dev.penstock.security;

import dev.penstock.exchange.CurrentSettings;
import dev.penstock.exchange.SecurityEvent;
import dev.penstock.exchange.SecurityEvents;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.cloud.gateway.event.RefreshRoutesEvent;
import org.springframework.context.ApplicationListener;

/** Tells when another configuration came into force. */
final class ConfigWatch implements ApplicationListener<RefreshRoutesEvent> {

    private final Supplier<CurrentSettings> settings;
    private final SecurityEvents events;
    private String last = "";

    ConfigWatch(Supplier<CurrentSettings> settings, SecurityEvents events) {
        this.settings = settings;
        this.events = events;
    }

    /** Spring's own reasons to read the routes again are none. */
    @Override
    public synchronized void onApplicationEvent(RefreshRoutesEvent event) {
        String hash = settings.get().get().hash();
        if (!last.isEmpty() && !last.equals(hash)) {
            events.tell(new SecurityEvent(SecurityEvent.Kind.CONFIG_CHANGED, hash, Map.of("from", last, "to", hash)));
        }
        last = hash;
    }

    /** What is in force at the start is no change. */
    synchronized void begin() {
        last = settings.get().get().hash();
    }
}
