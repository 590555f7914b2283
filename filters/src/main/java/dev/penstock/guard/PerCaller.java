package dev.penstock.guard;

import dev.penstock.core.Caller;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** What there is one of for each list of guardrails, found by the caller that has it. Thread-safe. */
final class PerCaller<T> {

    private final GuardSettings settings;
    private final Function<List<String>, T> make;
    private final Map<List<String>, T> byNames = new ConcurrentHashMap<>();

    /** No more than there are services: a caller's are declared. */
    private final Map<Who, T> byCaller = new ConcurrentHashMap<>();

    private record Who(String team, String service) {}

    PerCaller(GuardSettings settings, Function<List<String>, T> make) {
        this.settings = settings;
        this.make = make;
    }

    T of(Caller caller) {
        Who who = new Who(caller.team(), caller.service());
        T known = byCaller.get(who);
        if (known == null) {
            known = byNames.computeIfAbsent(settings.names(caller), make);
            byCaller.put(who, known);
        }
        return known;
    }
}
