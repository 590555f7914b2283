package dev.penstock.gateway.admin;

import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** The body of an administrator's request: one JSON object with members of a closed list. What cannot be read is refused by name. */
record Body(ObjectNode tree) {

    private static final Pattern TIME = Pattern.compile("(\\d{1,5})([smhd])");
    private static final int LONGEST = 200;

    /** No body is an empty object. */
    static Mono<Body> of(ServerRequest request, Set<String> members) {
        return request.bodyToMono(byte[].class)
                .map(bytes -> bytes.length == 0 ? Json.object() : PromptEndpoints.object(bytes))
                .defaultIfEmpty(Json.object())
                .map(tree -> {
                    for (String name : tree.propertyNames()) {
                        if (!members.contains(name)) {
                            throw GatewayException.invalid(
                                    "body", "has a member that is not known", String.join(", ", members));
                        }
                    }
                    return new Body(tree);
                });
    }

    /** A text of at most 200 characters that has no control characters in it; empty when it is missing. */
    String text(String name) {
        if (tree.has(name) && !tree.get(name).isString() && !tree.get(name).isNull()) {
            throw GatewayException.invalid(name, "is no string", "a string");
        }
        String text = Json.string(tree, name).trim();
        if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw GatewayException.invalid(name, "cannot be kept", "at most " + LONGEST + " printable characters");
        }
        return text;
    }

    String required(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            throw GatewayException.invalid(name, "is missing", "a string");
        }
        return text;
    }

    /** An instant, a day, which begins at midnight UTC, or a time from now such as {@code 90d}; it must be to come. */
    Optional<Instant> until(String name, Clock clock) {
        String text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Instant end = TIME.matcher(text).matches() ? clock.instant().plus(time(text)) : instant(name, text);
        if (!end.isAfter(clock.instant())) {
            throw GatewayException.invalid(name, "is over", "a time to come");
        }
        return Optional.of(end);
    }

    private static Instant instant(String name, String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException wrong) {
            throw GatewayException.invalid(name, "is no time", "90d, 2027-01-31 or 2027-01-31T10:00:00Z");
        }
    }

    /** {@code 0s}, {@code 30m}, {@code 24h}, {@code 7d}. */
    Duration duration(String name, Duration otherwise, Duration most) {
        String text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        Duration time = TIME.matcher(text).matches() ? time(text) : most.plusSeconds(1);
        if (time.compareTo(most) > 0) {
            throw GatewayException.invalid(name, "is no such time", "0s to " + most.toDays() + "d, such as 24h");
        }
        return time;
    }

    private static Duration time(String text) {
        Matcher found = TIME.matcher(text);
        found.matches();
        long number = Long.parseLong(found.group(1));
        return switch (found.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    AdminRole role(String name) {
        String word = required(name);
        List<String> known =
                Arrays.stream(AdminRole.values()).map(AdminRole::wire).toList();
        if (!known.contains(word)) {
            throw GatewayException.invalid(name, "is another word", "one of " + String.join(", ", known));
        }
        return AdminRole.values()[known.indexOf(word)];
    }
}
