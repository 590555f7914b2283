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
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What happened so far: append-only, read by the steps that report, also after an error or a cancel. Thread-safe. */
public final class Trail {

    private final List<Attempt> attempts = new ArrayList<>(2);
    private final Set<String> ignored = new TreeSet<>();
    private final Map<Step, ObjectNode> decisions = new EnumMap<>(Step.class);
    private final List<Allowance> allowances = new ArrayList<>(2);
    private final List<Attempt> served = new ArrayList<>(1);
    private final @Nullable Trail parent;
    private final Map<Step, ObjectNode> before;
    private volatile @Nullable String traceId;

    public Trail() {
        this(null, Map.of());
    }

    private Trail(@Nullable Trail parent, Map<Step, ObjectNode> before) {
        this.parent = parent;
        this.before = before;
    }

    /** The trail of one of several calls of a request: what is on it, is on this one too. */
    Trail child() {
        Trail child = new Trail(this, decisions());
        child.traceId = traceId;
        return child;
    }

    public void add(Attempt attempt) {
        synchronized (this) {
            attempts.add(attempt);
        }
        if (parent != null) {
            parent.add(attempt);
        }
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
    public void ignore(String field) {
        synchronized (this) {
            ignored.add(field);
        }
        if (parent != null) {
            parent.ignore(field);
        }
    }

    /** Those, and what the attempts that answered could not honour. */
    public synchronized Set<String> ignored() {
        Set<String> all = new TreeSet<>(ignored);
        served.forEach(attempt -> all.addAll(attempt.ignored()));
        return Set.copyOf(all);
    }

    /** The trace that the request belongs to, in 32 hex digits. */
    public void traceId(String id) {
        traceId = id;
    }

    public Optional<String> traceId() {
        return Optional.ofNullable(traceId);
    }

    /**
     * What a step decided, for the audit record: ids, words and numbers, never a key or a piece of the prompt. Nobody changes it from
     * here on; records share it.
     */
    public void decided(Step step, ObjectNode decision) {
        synchronized (this) {
            decisions.put(step, decision);
        }
        if (parent != null) {
            parent.decided(step, after(before.get(step), decision));
        }
    }

    /** What was decided for the calls before and for this one: lists have the lines of all, other members are the last's. */
    private static ObjectNode after(@Nullable ObjectNode before, ObjectNode decision) {
        if (before == null) {
            return decision;
        }
        ObjectNode all = before.deepCopy();
        decision.properties().forEach(member -> {
            if (member.getValue() instanceof ArrayNode lines && all.get(member.getKey()) instanceof ArrayNode earlier) {
                earlier.addAll(lines.deepCopy());
            } else {
                all.set(member.getKey(), member.getValue());
            }
        });
        return all;
    }

    public synchronized Map<Step, ObjectNode> decisions() {
        return new EnumMap<>(decisions);
    }

    /** What is left of a limit; the last one told of a kind holds. */
    public void allows(Allowance allowance) {
        synchronized (this) {
            allowances.removeIf(other -> other.of() == allowance.of());
            allowances.add(allowance);
        }
        if (parent != null) {
            parent.allows(allowance);
        }
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

    /** An attempt that answered; where several calls made one answer, the last. */
    public void served(Attempt attempt) {
        synchronized (this) {
            served.add(attempt);
        }
        if (parent != null) {
            parent.served(attempt);
        }
    }

    /** The attempt whose answer the caller gets. */
    public synchronized Optional<Attempt> served() {
        return served.isEmpty() ? Optional.empty() : Optional.of(served.get(served.size() - 1));
    }

    /** The usage of the attempts that answered: more than one where one answer took several calls. */
    public synchronized Optional<Usage> usage() {
        return served.stream().flatMap(attempt -> attempt.usage().stream()).reduce(Usage::plus);
    }

    /** The finish word of the attempt that answered, possibly empty. */
    public String finish() {
        return served().map(Attempt::finish).orElse("");
    }
}
