package dev.penstock.exchange;

import dev.penstock.core.Usage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What happened so far: append-only, read by the steps that report, also after an error or a cancel. Thread-safe. */
public final class Trail {

    private final List<Attempt> attempts = new ArrayList<>(2);
    private final Set<String> ignored = new TreeSet<>();
    private final Map<Step, ObjectNode> decisions = new EnumMap<>(Step.class);
    private final List<Allowance> allowances = new ArrayList<>(2);
    private @Nullable Attempt served;
    private volatile @Nullable String traceId;

    public synchronized void add(Attempt attempt) {
        attempts.add(attempt);
    }

    public synchronized List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    /** How many attempts left for a provider. */
    public synchronized int sent() {
        int count = 0;
        for (Attempt attempt : attempts) {
            count += attempt.sent() ? 1 : 0;
        }
        return count;
    }

    /** A request field or header that was not honoured, by the name that the caller gave it. */
    public synchronized void ignore(String field) {
        ignored.add(field);
    }

    /** Those, and what the attempt that answered could not honour. */
    public synchronized Set<String> ignored() {
        if (served == null || served.ignored().isEmpty()) {
            return Set.copyOf(ignored);
        }
        Set<String> all = new TreeSet<>(ignored);
        all.addAll(served.ignored());
        return all;
    }

    /** The trace that the request belongs to, in 32 hex digits. */
    public void traceId(String id) {
        traceId = id;
    }

    public Optional<String> traceId() {
        return Optional.ofNullable(traceId);
    }

    /** What a step decided, for the audit record: ids, words and numbers, never a key or a piece of the prompt. */
    public synchronized void decided(Step step, ObjectNode decision) {
        decisions.put(step, decision);
    }

    public synchronized Map<Step, ObjectNode> decisions() {
        return new EnumMap<>(decisions);
    }

    /** What is left of a limit; the last one told of a kind holds. */
    public synchronized void allows(Allowance allowance) {
        allowances.removeIf(other -> other.of() == allowance.of());
        allowances.add(allowance);
    }

    public synchronized List<Allowance> allowances() {
        return List.copyOf(allowances);
    }

    /** What all attempts cost, in nano-USD; absent while nothing has a cost. */
    public OptionalLong cost() {
        boolean known = attempts().stream().anyMatch(attempt -> attempt.cost().isPresent());
        return known ? OptionalLong.of(nanoUsd()) : OptionalLong.empty();
    }

    /** What all attempts cost, in nano-USD. */
    public long nanoUsd() {
        long sum = 0;
        for (Attempt attempt : attempts()) {
            sum = Math.addExact(sum, attempt.cost().map(Cost::nanoUsd).orElse(0L));
        }
        return sum;
    }

    /** The attempt whose answer the caller gets. */
    public synchronized void served(Attempt attempt) {
        served = attempt;
    }

    public synchronized Optional<Attempt> served() {
        return Optional.ofNullable(served);
    }

    /** The usage of the attempt that answered. */
    public Optional<Usage> usage() {
        return served().flatMap(Attempt::usage);
    }

    /** The finish word of the attempt that answered, possibly empty. */
    public String finish() {
        return served().map(Attempt::finish).orElse("");
    }
}
