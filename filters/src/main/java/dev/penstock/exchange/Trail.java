package dev.penstock.exchange;

import dev.penstock.core.Usage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What happened so far: append-only, read by the steps that report, also after an error or a cancel. Thread-safe. */
public final class Trail {

    /** This and the other list are made anew when something is added, which is rare beside being read. */
    private volatile List<Attempt> attempts = List.of();

    private volatile List<Attempt> served = List.of();
    private @Nullable Set<String> ignored;
    private final Map<Step, ObjectNode> decisions = new EnumMap<>(Step.class);
    private final List<Allowance> allowances = new ArrayList<>(2);
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
            attempts = with(attempts, attempt);
        }
        if (parent != null) {
            parent.add(attempt);
        }
    }

    private static List<Attempt> with(List<Attempt> before, Attempt attempt) {
        if (before.isEmpty()) {
            return List.of(attempt);
        }
        List<Attempt> all = new ArrayList<>(before);
        all.add(attempt);
        return List.copyOf(all);
    }

    public List<Attempt> attempts() {
        return attempts;
    }

    /** How many attempts left for a provider. */
    public int sent() {
        int count = 0;
        for (Attempt attempt : attempts) {
            count += attempt.sent() ? 1 : 0;
        }
        return count;
    }

    /** A request field or header that was not honoured, by the name that the caller gave it. */
    public void ignore(String field) {
        synchronized (this) {
            Set<String> all = ignored;
            if (all == null) {
                all = new HashSet<>(4);
                ignored = all;
            }
            all.add(field);
        }
        if (parent != null) {
            parent.ignore(field);
        }
    }

    /** Those, and what the attempts that answered could not honour. */
    public synchronized Set<String> ignored() {
        Set<String> all = ignored == null ? Set.of() : new HashSet<>(ignored);
        for (Attempt attempt : served) {
            if (!attempt.ignored().isEmpty()) {
                all = new HashSet<>(all);
                all.addAll(attempt.ignored());
            }
        }
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
            if (!allowances.isEmpty()) {
                allowances.removeIf(other -> other.of() == allowance.of());
            }
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
        for (Attempt attempt : attempts) {
            if (attempt.cost().isPresent()) {
                return OptionalLong.of(nanoUsd());
            }
        }
        return OptionalLong.empty();
    }

    /** What all attempts cost, in nano-USD. */
    public long nanoUsd() {
        long sum = 0;
        for (Attempt attempt : attempts) {
            Cost cost = attempt.cost().orElse(null);
            sum = cost == null ? sum : Math.addExact(sum, cost.nanoUsd());
        }
        return sum;
    }

    /** An attempt that answered; where several calls made one answer, the last. */
    public void served(Attempt attempt) {
        synchronized (this) {
            served = with(served, attempt);
        }
        if (parent != null) {
            parent.served(attempt);
        }
    }

    /** The attempt whose answer the caller gets. */
    public Optional<Attempt> served() {
        List<Attempt> all = served;
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** The usage of the attempts that answered: more than one where one answer took several calls. */
    public Optional<Usage> usage() {
        Usage sum = null;
        for (Attempt attempt : served) {
            Usage usage = attempt.usage().orElse(null);
            sum = sum == null || usage == null ? (usage == null ? sum : usage) : sum.plus(usage);
        }
        return Optional.ofNullable(sum);
    }

    /** The finish word of the attempt that answered, possibly empty. */
    public String finish() {
        return served().map(Attempt::finish).orElse("");
    }
}
