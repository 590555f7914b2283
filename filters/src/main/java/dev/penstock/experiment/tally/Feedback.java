package dev.penstock.experiment.tally;

import dev.penstock.core.Caller;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import dev.penstock.exchange.Settings;
import dev.penstock.experiment.ExperimentConfig;
import dev.penstock.experiment.ExperimentConfig.ArmConfig;
import dev.penstock.experiment.ExperimentSettings;
import dev.penstock.experiment.tally.Answered.Place;
import dev.penstock.experiment.tally.Tallies.AlreadyScored;
import dev.penstock.journal.Entry;
import dev.penstock.journal.Journal;
import dev.penstock.journal.Position;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes scores of answers, each once, and makes them durable. Thread-safe. */
public final class Feedback {

    /** An answer may be with its caller before its record is written: so often it is looked for again. */
    private static final int TRIES = 6;

    /** A disk that hangs fails nothing by itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration FIRST_WAIT = Duration.ofMillis(20);
    private static final String REQUEST_ID = "request_id";

    private final Tallies tallies;
    private final Journal journal;
    private final Clock clock;
    private final Scheduler timer;

    /** {@code timer} waits, and goes on after the journal's thread. */
    public Feedback(Tallies tallies, Journal journal, Clock clock, Scheduler timer) {
        this.tallies = tallies;
        this.journal = journal;
        this.clock = clock;
        this.timer = timer;
    }

    /**
     * What a caller says of an answer.
     *
     * @param requestId the answer's {@code x-request-id}
     * @param millionths the score, 0 to 1,000,000
     * @param label a word for it; may be empty
     */
    public record Given(String requestId, long millionths, String label) {}

    /** Where a score was counted; {@code experiment} is empty when the answer belonged to none. */
    public record Counted(String experiment, String arm) {}

    /** Completes when it is durable; fails with {@code request_invalid} for an answer that is not known, or has its score. */
    public Mono<Counted> give(Given given, Caller caller, Settings settings) {
        long key = Tallies.key(caller.service(), given.requestId());
        return place(key, TRIES, FIRST_WAIT)
                .flatMap(place -> written(key, () -> record(given, caller, place, settings))
                        .thenReturn(new Counted(place.experiment(), place.arm())));
    }

    /** What was not written is given back; what is late may still come, so it stays taken. */
    private Mono<Position> written(long key, Supplier<ObjectNode> record) {
        return Mono.defer(() -> Mono.fromFuture(journal.append(Entry.plain(record.get())), true))
                .publishOn(timer)
                .onErrorMap(failure -> {
                    tallies.release(key);
                    return unwritten(failure);
                })
                .timeout(PATIENCE, timer)
                .onErrorMap(TimeoutException.class, Feedback::unwritten);
    }

    private Mono<Place> place(long key, int tries, Duration wait) {
        return Mono.defer(() -> claimed(key).map(Mono::just).orElseGet(() -> again(key, tries, wait)));
    }

    private Mono<Place> again(long key, int tries, Duration wait) {
        return tries == 0
                ? Mono.error(unknown())
                : Mono.delay(wait, timer).then(Mono.defer(() -> place(key, tries - 1, wait.multipliedBy(2))));
    }

    private Optional<Place> claimed(long key) {
        try {
            return tallies.claim(key);
        } catch (AlreadyScored scored) {
            throw GatewayException.invalid(REQUEST_ID, "names an answer that has its score", "one score for an answer");
        }
    }

    private static GatewayException unknown() {
        return GatewayException.invalid(
                REQUEST_ID,
                "names no answer that is known here",
                "the x-request-id of one of the last " + Tallies.MOST_ANSWERS
                        + " answers of experiments, to a request of the same service");
    }

    private static GatewayException unwritten(Throwable failure) {
        Told told =
                Told.of("The score cannot be written, so it is not counted.").after(Duration.ofSeconds(1));
        return new GatewayException(ErrorCode.AUDIT_UNAVAILABLE, told, String.valueOf(failure.getMessage()));
    }

    private ObjectNode record(Given given, Caller caller, Place place, Settings settings) {
        ObjectNode record = Json.object()
                .put("type", Tallies.FEEDBACK)
                .put("time", clock.instant().toString());
        record.put(REQUEST_ID, given.requestId());
        record.putObject("who")
                .put("service", caller.service())
                .put("team", caller.team())
                .put("key", caller.keyId());
        record.put("score_millionths", given.millionths());
        if (!given.label().isEmpty()) {
            record.put("label", given.label());
        }
        if (!place.experiment().isEmpty()) {
            record.put("experiment", place.experiment()).put("arm", place.arm()).put("group", place.group());
            ExperimentConfig config =
                    settings.get(ExperimentSettings.class).experiments().get(place.experiment());
            if (config != null) {
                ArrayNode arms = record.putArray("arms");
                config.arms().stream().map(ArmConfig::name).forEach(arms::add);
                record.put("until", config.stop().scores());
            }
        }
        return record;
    }
}
