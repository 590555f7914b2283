package dev.penstock.exchange;

import dev.penstock.core.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What happened so far: append-only, read by the steps that report, also after an error or a cancel. Thread-safe. */
public final class Trail {

    private final List<Attempt> attempts = new ArrayList<>(2);
    private final Set<String> ignored = new TreeSet<>();
    private @Nullable Attempt served;

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
