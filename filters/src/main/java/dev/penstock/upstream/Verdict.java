package dev.penstock.upstream;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Told;
import dev.penstock.core.Told.AttemptView;
import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.Attempt.End;
import dev.penstock.exchange.Attempt.Reason;
import dev.penstock.exchange.Trail;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a caller is told when no candidate answered. */
final class Verdict {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Set<Reason> RATE = EnumSet.of(Reason.RATE_LIMITED, Reason.COOLING, Reason.LIMITED);
    private static final Set<Reason> LATE = EnumSet.of(
            Reason.CONNECT_TIMEOUT,
            Reason.FIRST_BYTE_TIMEOUT,
            Reason.IDLE_TIMEOUT,
            Reason.TOTAL_TIMEOUT,
            Reason.REQUEST_TIMEOUT);
    private static final Set<Reason> UNREADABLE = EnumSet.of(Reason.INVALID, Reason.BAD_GENERATION);
    private static final Set<Reason> AWAY = EnumSet.of(Reason.UNREACHABLE);

    private static final Map<ErrorCode, String> BROKE_OFF = Map.of(
            ErrorCode.UPSTREAM_TIMEOUT, "The answer broke off: the provider did not go on in time.",
            ErrorCode.UPSTREAM_INVALID, "The answer broke off: what the provider sent could not be understood.",
            ErrorCode.UPSTREAM_RATE_LIMITED, "The answer broke off: the provider is rate limited; see Retry-After.");

    private Verdict() {}

    static GatewayException of(Trail trail) {
        List<End> ends = ends(trail);
        ErrorCode code = isLimited(trail) ? ErrorCode.RATE_EXCEEDED : code(ends);
        Told told = Told.NOTHING.attempts(views(trail));
        return new GatewayException(
                code, code.status() == 429 || code.status() == 503 ? told.after(soonest(ends)) : told);
    }

    /**
     * Nothing left for a provider: {@code mistake} is of the last candidate. A limit of an earlier one outweighs what the caller
     * would have to change, for that one may answer later.
     */
    static GatewayException notSent(GatewayException mistake, Trail trail) {
        if (mistake.code() == ErrorCode.RATE_EXCEEDED) {
            Told told = mistake.told().after(soonest(ends(trail))).attempts(views(trail));
            return new GatewayException(mistake.code(), told);
        }
        return mistake.code().fault() == ErrorCode.Fault.CALLER && isLimited(trail) ? of(trail) : mistake;
    }

    private static boolean isLimited(Trail trail) {
        return trail.sent() == 0 && ends(trail).stream().anyMatch(end -> end.reason() == Reason.LIMITED);
    }

    static GatewayException outOfTime(Trail trail) {
        return new GatewayException(ErrorCode.UPSTREAM_TIMEOUT, Told.NOTHING.attempts(views(trail)));
    }

    /** A stream that had begun for the caller broke: the verdict over this one attempt, without the earlier ones. */
    static GatewayException midStream(AttemptFailed failed, Trail trail) {
        if (failed.reason() == Reason.CALLER_STALLED) {
            Told told = Told.of("The answer was given up, since nothing of it was read.");
            return new GatewayException(ErrorCode.BODY_TIMEOUT, told.attempts(views(trail)));
        }
        ErrorCode code = codeOf(List.of(failed.reason()));
        Told told = Told.of(BROKE_OFF.getOrDefault(code, "The answer broke off: the provider failed."));
        return new GatewayException(code, told.after(failed.retryAfter()).attempts(views(trail)));
    }

    private static ErrorCode code(List<End> ends) {
        return codeOf(ends.stream().map(End::reason).toList());
    }

    private static ErrorCode codeOf(List<Reason> reasons) {
        if (RATE.containsAll(reasons)) {
            return ErrorCode.UPSTREAM_RATE_LIMITED;
        }
        if (LATE.containsAll(reasons)) {
            return ErrorCode.UPSTREAM_TIMEOUT;
        }
        if (UNREADABLE.containsAll(reasons)) {
            return ErrorCode.UPSTREAM_INVALID;
        }
        return AWAY.containsAll(reasons) ? ErrorCode.UPSTREAM_UNREACHABLE : ErrorCode.UPSTREAM_UNAVAILABLE;
    }

    private static Duration soonest(List<End> ends) {
        return ends.stream()
                .map(End::retryAfter)
                .filter(Objects::nonNull)
                .min(Duration::compareTo)
                .filter(time -> !time.isZero())
                .orElse(SOON);
    }

    private static List<End> ends(Trail trail) {
        return trail.attempts().stream()
                .map(Attempt::end)
                .flatMap(Optional::stream)
                .toList();
    }

    private static List<AttemptView> views(Trail trail) {
        return trail.attempts().stream().map(Attempt::view).toList();
    }
}
