package dev.penstock.guard;

import dev.penstock.core.Caller;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.SecurityEvent;
import dev.penstock.exchange.SecurityEvent.Kind;
import dev.penstock.exchange.SecurityEvents;
import dev.penstock.guard.GuardrailConfig.Action;
import dev.penstock.guard.GuardrailConfig.Phase;
import dev.penstock.guard.GuardrailConfig.Rule;
import dev.penstock.guard.detect.KnownKeys;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what was found to those who watch: {@code penstock.guard.findings}, and a security event for a key of our own that
 * turned up and for the tripwire. Never what it was. Thread-safe.
 */
final class GuardEvents {

    private static final Logger LOG = LoggerFactory.getLogger(GuardEvents.class);

    private final @Nullable MeterRegistry meters;
    private final SecurityEvents security;
    private final Map<Labels, Counter> counters = new ConcurrentHashMap<>();

    /** @param security is told of keys that turned up, and of the tripwire */
    GuardEvents(@Nullable MeterRegistry meters, SecurityEvents security) {
        this.meters = meters;
        this.security = security;
    }

    private record Labels(Rule rule, String type, Action action, Phase phase) {}

    void found(LlmExchange exchange, Finding finding, Phase phase) {
        String type = finding.match().type();
        Rule rule = finding.control().config().rule();
        MeterRegistry registry = meters;
        if (registry != null) {
            // a moderator's own names are no closed list
            String label = rule == Rule.MODERATION ? rule.wire() : type;
            counters.computeIfAbsent(new Labels(rule, label, finding.action(), phase), it -> counter(it, registry))
                    .increment();
        }
        if (type.equals(KnownKeys.TYPE)) {
            tell(Kind.KEY_EXPOSED, exchange, finding, phase);
        } else if (rule == Rule.INJECTION && finding.action() != Action.ALLOW) {
            tell(Kind.INJECTION_FLAGGED, exchange, finding, phase);
        }
    }

    private void tell(Kind kind, LlmExchange exchange, Finding finding, Phase phase) {
        String service = exchange.find(Fact.CALLER).map(Caller::service).orElse("");
        Map<String, String> details = new LinkedHashMap<>();
        details.put("service", service);
        details.put("call", exchange.callId());
        details.put("phase", phase.wire());
        details.put("type", finding.match().type());
        details.put("action", finding.action().wire());
        security.tell(new SecurityEvent(kind, service, details));
    }

    void failed(LlmExchange exchange, Control control, Phase phase, RuntimeException failure) {
        LOG.error(
                "event=guard_failed guardrail={} rule={} phase={} call={} failure={}",
                control.guardrail(),
                control.config().rule().wire(),
                phase.wire(),
                exchange.callId(),
                failure.getClass().getName());
    }

    private static Counter counter(Labels labels, MeterRegistry registry) {
        return registry.counter(
                "penstock.guard.findings",
                "rule",
                labels.rule().wire(),
                "type",
                labels.type(),
                "action",
                labels.action().wire(),
                "phase",
                labels.phase().wire());
    }
}
