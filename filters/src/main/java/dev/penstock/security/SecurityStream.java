package dev.penstock.security;

import dev.penstock.alert.Alerts;
import dev.penstock.alert.AlertsConfig;
import dev.penstock.audit.AuditLog;
import dev.penstock.core.Json;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.exchange.SecurityEvent;
import dev.penstock.exchange.SecurityEvents;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import tools.jackson.databind.node.ObjectNode;

/** Writes each event where somebody may see it; none of these waits, and none may stop the others. Thread-safe. */
final class SecurityStream implements SecurityEvents {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.security");

    private final AuditLog log;
    private final Supplier<Alerts> alerts;
    private final Supplier<CurrentSettings> settings;
    private final ObjectProvider<MeterRegistry> meters;
    private final Repeats repeats;

    SecurityStream(
            AuditLog log,
            Supplier<Alerts> alerts,
            Supplier<CurrentSettings> settings,
            ObjectProvider<MeterRegistry> meters,
            Clock clock) {
        this.log = log;
        this.alerts = alerts;
        this.settings = settings;
        this.meters = meters;
        this.repeats = new Repeats(clock);
    }

    @Override
    public void tell(SecurityEvent event) {
        String kind = event.kind().wire();
        meters.ifAvailable(registry ->
                registry.counter("penstock.security.events", "event", kind).increment());
        int untold = repeats.before(event);
        if (untold < 0) {
            return;
        }
        LOG.warn("{}: {} {}{}", kind, event.subject(), event.details(), untold == 0 ? "" : " repeated=" + untold);
        ObjectNode fields = fields(event, untold);
        log.event("security", fields);
        if (settings.get().get().get(AlertsConfig.class).wants(event.kind())) {
            alerts.get().send(Json.object().put("type", "security").setAll(fields));
        }
    }

    private static ObjectNode fields(SecurityEvent event, int untold) {
        ObjectNode fields = Json.object().put("event", event.kind().wire()).put("subject", event.subject());
        ObjectNode details = fields.putObject("details");
        event.details().forEach(details::put);
        if (untold > 0) {
            fields.put("repeated", untold);
        }
        return fields;
    }
}
