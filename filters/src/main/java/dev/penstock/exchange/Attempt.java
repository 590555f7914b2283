package dev.penstock.exchange;

import dev.penstock.core.Told.AttemptView;
import dev.penstock.core.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** One try at one candidate. Its beginning is known when it is made, its end is told once. */
public final class Attempt {

    /** How it ended. The words are public: callers see them in {@code attempts[].reason}, dashboards as a label. */
    public enum Reason {
        OK,
        REFUSED,
        CREDENTIAL,
        RATE_LIMITED,
        UNAVAILABLE,
        BAD_GENERATION,
        UNREACHABLE,
        RESET,
        TRUNCATED,
        INVALID,
        CONNECT_TIMEOUT,
        FIRST_BYTE_TIMEOUT,
        IDLE_TIMEOUT,
        TOTAL_TIMEOUT,
        /** The time that the caller allows was over; no fault of the provider. */
        REQUEST_TIMEOUT,
        CANCELLED,
        /** Given up: its caller took nothing of the answer for as long as its provider may be silent. */
        CALLER_STALLED,
        /** Not sent: the provider's breaker is open. */
        BREAKER_OPEN,
        /** Not sent: every key of the provider cools down after a 429. */
        COOLING,
        /** Not sent: no key of the provider is usable now. */
        NO_KEY,
        /** Not sent: the provider's {@code concurrency} is used up. */
        BUSY,
        /** Not sent: a limit of this provider or model is used up. */
        LIMITED,
        /** Not sent: what it may cost does not fit into a budget. */
        OVER_BUDGET,
        /** Not sent: what must stand in the audit record before it leaves could not be written. */
        UNRECORDED,
        /** Not sent: the request cannot be put into the provider's words. */
        UNWRITABLE;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param status the provider's HTTP status, 0 when none came
     * @param took from the beginning to this end
     * @param retryAfter when the provider asked to come back
     */
    public record End(
            Reason reason,
            int status,
            Duration took,
            @Nullable Duration retryAfter) {}

    private static final AtomicReferenceFieldUpdater<Attempt, @Nullable End> END =
            AtomicReferenceFieldUpdater.newUpdater(Attempt.class, End.class, "end");

    private final String provider;
    private final String model;
    private final Instant began;
    private final Heard heard = new Heard();
    private volatile @Nullable End end;
    private volatile @Nullable Duration firstEvent;
    private volatile String answeredModel = "";
    private volatile @Nullable Usage usage;
    private volatile String finish = "";
    private volatile Set<String> ignored = Set.of();
    private volatile String keyId = "";
    private volatile boolean left;
    private volatile int cap;
    private volatile @Nullable Cost cost;
    private volatile int capped;

    public Attempt(String provider, String model, Instant began) {
        this.provider = provider;
        this.model = model;
        this.began = began;
    }

    public String provider() {
        return provider;
    }

    /** The model that was asked for. */
    public String model() {
        return model;
    }

    /** The model that the provider says it ran; what was asked for until it says so. */
    public String answeredModel() {
        return answeredModel.isEmpty() ? model : answeredModel;
    }

    public void answeredBy(String model) {
        this.answeredModel = model;
    }

    /** The usage so far; streams report more than once, the last one holds. */
    public void used(Usage reported) {
        usage = reported;
    }

    public Optional<Usage> usage() {
        return Optional.ofNullable(usage);
    }

    /** The provider's own finish word. */
    public void finished(String word) {
        finish = word;
    }

    public String finish() {
        return finish;
    }

    /** The request fields that this attempt's dialect cannot honour. */
    public void ignores(Set<String> fields) {
        ignored = Set.copyOf(fields);
    }

    public Set<String> ignored() {
        return ignored;
    }

    /** The id of the provider key that it leaves with; empty before one is taken, and for providers without keys. */
    public String keyId() {
        return keyId;
    }

    public void leavesWith(String key) {
        keyId = key;
    }

    /** The most output tokens that this attempt may ask for, when a step says so; 0 when none does. */
    public int cap() {
        return cap;
    }

    /** Whoever asks for less wins. */
    public void capTo(int tokens) {
        cap = cap == 0 ? tokens : Math.min(cap, tokens);
    }

    /** What of its answer has come; for attempts that end without a report of their usage. */
    public Heard heard() {
        return heard;
    }

    /** What it cost, once that is known; absent where nothing was consumed or no price is known. */
    public Optional<Cost> cost() {
        return Optional.ofNullable(cost);
    }

    public void costs(Cost known) {
        cost = known;
    }

    /** The output cap that was written although the caller asked for none; 0 when none was. */
    public int capped() {
        return capped;
    }

    public void capped(int tokens) {
        capped = tokens;
    }

    public Instant began() {
        return began;
    }

    /** Time to the first semantic event, or to the whole answer. */
    public Optional<Duration> firstEvent() {
        return Optional.ofNullable(firstEvent);
    }

    public void firstEventAfter(Duration time) {
        this.firstEvent = time;
    }

    /** Tells its end; only the first telling counts. */
    public boolean ended(End how) {
        return END.compareAndSet(this, null, how);
    }

    public Optional<End> end() {
        return Optional.ofNullable(end);
    }

    /** Whether it left for the provider, or tried to. */
    public boolean sent() {
        return left;
    }

    public void leaves() {
        left = true;
    }

    /** As callers see it. */
    public AttemptView view() {
        End how = end;
        return how == null
                ? new AttemptView(provider, model, 0, "running", 0)
                : new AttemptView(
                        provider,
                        model,
                        how.status(),
                        how.reason().wire(),
                        how.took().toMillis());
    }
}
