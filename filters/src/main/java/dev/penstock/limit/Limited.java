package dev.penstock.limit;

import dev.penstock.core.Asked;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Usage;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.Attempt.Reason;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.Gate;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Over;
import dev.penstock.exchange.PassedOver;
import dev.penstock.exchange.Rest;
import dev.penstock.limit.RuleBook.Page;
import dev.penstock.limit.bucket.Claim;
import dev.penstock.limit.bucket.Limits;
import dev.penstock.limit.bucket.Rule;
import dev.penstock.limit.bucket.Rule.Measure;
import dev.penstock.limit.bucket.Taking;
import dev.penstock.limit.bucket.Taking.Refused;
import dev.penstock.limit.bucket.Taking.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** One request under limits: what it and its attempts have taken, until they are over. */
final class Limited implements Gate {

    private final LlmExchange exchange;
    private final RuleBook book;
    private final Page page;
    private final Limits limits;
    private final Refusals refusals;
    private final Standing standing;
    private final Hold request;
    private final Map<Attempt, Hold> attempts = new ConcurrentHashMap<>(4);
    private volatile boolean over;

    /** @param page of {@code book} for the caller */
    Limited(LlmExchange exchange, RuleBook book, Page page, Limits limits, Refusals refusals) {
        this.exchange = exchange;
        this.book = book;
        this.page = page;
        this.limits = limits;
        this.refusals = refusals;
        this.standing = new Standing(exchange.trail());
        this.request = new Hold(limits);
    }

    Mono<Answer> answer(Rest rest) {
        if (!page.attempt().isEmpty() || book.hasProviders()) {
            exchange.gates().add(this);
        }
        Mono<Void> taking = take(ofRequest(), request);
        Mono<Answer> answer =
                taking == Mono.<Void>empty() ? rest.of(exchange) : taking.then(Mono.defer(() -> rest.of(exchange)));
        return Over.watch(answer, this::end);
    }

    @Override
    public Mono<Void> before(Attempt attempt, Asked asked) {
        List<Rule> rules = ofAttempt(attempt.provider());
        if (rules.isEmpty()) {
            return Mono.empty();
        }
        Hold hold = new Hold(limits);
        attempts.put(attempt, hold);
        if (over) {
            end(attempt, hold);
        }
        return take(Subjects.claims(rules, exchange, attempt, asked), hold)
                .onErrorMap(
                        Limited::isRefusal,
                        refused -> new PassedOver(
                                Reason.LIMITED,
                                ((GatewayException) refused).told().comeBack().orElseThrow(),
                                (GatewayException) refused));
    }

    private List<Rule> ofAttempt(String provider) {
        List<Rule> its = book.ofProvider(provider);
        if (page.attempt().isEmpty() || its.isEmpty()) {
            return its.isEmpty() ? page.attempt() : its;
        }
        List<Rule> rules = new ArrayList<>(page.attempt());
        rules.addAll(its);
        return rules;
    }

    /** Of the attempt that serves the request the usage may not be known yet: it ends with the request. */
    @Override
    public void left(Attempt attempt) {
        Hold hold = attempts.get(attempt);
        if (hold != null && exchange.trail().served().filter(attempt::equals).isEmpty()) {
            end(attempt, hold);
        }
    }

    private List<Claim> ofRequest() {
        return Subjects.claims(page.request(), exchange, null, exchange.get(Fact.PROMPTED));
    }

    private Mono<Void> take(List<Claim> claims, Hold hold) {
        if (claims.isEmpty()) {
            return Mono.empty();
        }
        Taking here = limits.takeHere(claims);
        if (here == null) {
            return limits.take(claims, hold).flatMap(this::told);
        }
        if (here instanceof Taken taken) {
            hold.accept(taken);
        }
        return told(here);
    }

    private Mono<Void> told(Taking taking) {
        standing.now(taking.levels());
        return taking instanceof Refused refused ? Mono.error(refused(refused)) : Mono.empty();
    }

    private GatewayException refused(Refused refused) {
        refusals.count(exchange.get(Fact.CALLER), refused.by().rule());
        Refusal.record(exchange, refused);
        return Refusal.of(refused);
    }

    private static boolean isRefusal(@Nullable Throwable failure) {
        return failure instanceof GatewayException refused && refused.code() == ErrorCode.RATE_EXCEEDED;
    }

    private void end(Over how) {
        over = true;
        attempts.forEach(this::end);
        boolean refused = isRefusal(how.failure());
        request.end(claim -> ofRequest(claim, refused), refused ? standing::now : standing::counted);
    }

    private void end(Attempt attempt, Hold hold) {
        hold.end(claim -> ofAttempt(claim, attempt), attempt.sent() ? standing::counted : standing::now);
    }

    /** A request that a limit refused further on was not admitted. */
    private long ofRequest(Claim claim, boolean refused) {
        if (claim.rule().of() != Measure.TOKENS) {
            return refused ? 0 : 1;
        }
        long tokens = 0;
        for (Attempt attempt : exchange.trail().attempts()) {
            tokens += attempt.usage().isPresent() ? attempt.usage().get().total() : 0;
        }
        return tokens;
    }

    private static long ofAttempt(Claim claim, Attempt attempt) {
        if (claim.rule().of() != Measure.TOKENS) {
            return attempt.sent() ? 1 : 0;
        }
        return attempt.usage().map(Usage::total).orElseGet(() -> mayHaveUsed(attempt) ? claim.amount() : 0);
    }

    /** A provider that was at work when we stopped listening. */
    private static boolean mayHaveUsed(Attempt attempt) {
        if (!attempt.sent()) {
            return false;
        }
        return switch (attempt.end().map(Attempt.End::reason).orElse(Reason.CANCELLED)) {
            case CANCELLED, CALLER_STALLED, FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT, TOTAL_TIMEOUT, REQUEST_TIMEOUT -> true;
            default -> false;
        };
    }
}
