package dev.penstock.gateway;

import dev.penstock.journal.JournalView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Whether this instance lives and takes requests; not whether any provider answers. */
final class Health {

    private final ApplicationAvailability availability;
    private final Supplier<JournalView> journal;
    private final Supplier<List<String>> shippers;
    private final BooleanSupplier limitsAway;
    private final BooleanSupplier budgetsAway;

    Health(
            ApplicationAvailability availability,
            Supplier<JournalView> journal,
            Supplier<List<String>> shippers,
            BooleanSupplier limitsAway,
            BooleanSupplier budgetsAway) {
        this.availability = availability;
        this.journal = journal;
        this.shippers = shippers;
        this.limitsAway = limitsAway;
        this.budgetsAway = budgetsAway;
    }

    Mono<ServerResponse> overall() {
        return lives() && ready() ? up() : down();
    }

    Mono<ServerResponse> liveliness() {
        return lives() ? up() : down();
    }

    /** Down before the application stops listening, so that a balancer has time to look elsewhere. */
    Mono<ServerResponse> readiness() {
        List<String> details = details();
        return !ready()
                ? down()
                : details.isEmpty() ? up() : answer(HttpStatus.OK, Map.of("status", "UP", "details", details));
    }

    /** What whoever watches has to know, though requests are taken; the log and {@code audit verify} say more. */
    private List<String> details() {
        JournalView now = journal.get();
        List<String> details = new ArrayList<>();
        if (now.damaged()) {
            details.add("audit_damaged");
        }
        if (now.spaceLow()) {
            details.add("audit_space_low");
        }
        if (now.state() != JournalView.State.OK) {
            details.add("audit_" + now.state().name().toLowerCase(Locale.ROOT));
        }
        details.addAll(shippers.get());
        if (limitsAway.getAsBoolean()) {
            details.add("limits_degraded");
        }
        if (budgetsAway.getAsBoolean()) {
            details.add("budgets_degraded");
        }
        return details;
    }

    private boolean lives() {
        return availability.getLivenessState() == LivenessState.CORRECT;
    }

    private boolean ready() {
        return availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
    }

    private static Mono<ServerResponse> up() {
        return answer(HttpStatus.OK, Map.of("status", "UP"));
    }

    private static Mono<ServerResponse> down() {
        return answer(HttpStatus.SERVICE_UNAVAILABLE, Map.of("status", "DOWN"));
    }

    private static Mono<ServerResponse> answer(HttpStatus status, Map<String, ?> body) {
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body);
    }
}
