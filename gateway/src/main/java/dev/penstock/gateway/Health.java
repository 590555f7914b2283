package dev.penstock.gateway;

import java.util.Map;
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

    Health(ApplicationAvailability availability) {
        this.availability = availability;
    }

    Mono<ServerResponse> overall() {
        return lives() && ready() ? up() : down();
    }

    Mono<ServerResponse> liveliness() {
        return lives() ? up() : down();
    }

    /** Down before the application stops listening, so that a balancer has time to look elsewhere. */
    Mono<ServerResponse> readiness() {
        return ready() ? up() : down();
    }

    private boolean lives() {
        return availability.getLivenessState() == LivenessState.CORRECT;
    }

    private boolean ready() {
        return availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
    }

    private static Mono<ServerResponse> up() {
        return answer(HttpStatus.OK, "UP");
    }

    private static Mono<ServerResponse> down() {
        return answer(HttpStatus.SERVICE_UNAVAILABLE, "DOWN");
    }

    private static Mono<ServerResponse> answer(HttpStatus status, String word) {
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Map.of("status", word));
    }
}
