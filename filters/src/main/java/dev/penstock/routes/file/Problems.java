package dev.penstock.routes.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The mistakes found so far. Not thread-safe: one compilation, one thread. */
public final class Problems {

    private final List<Problem> found = new ArrayList<>();

    public void add(Problem problem) {
        if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    public void add(Tree at, String message) {
        add(new Problem(at.place(), at.path(), message));
    }

    /** A key that is not there. */
    public void missing(Tree parent, String key, String expected) {
        add(new Problem(parent.place(), Paths.child(parent.path(), key), "missing (expected: " + expected + ")"));
    }

    /** A key that the contract names and this version does not have. */
    public void later(Tree at) {
        add(at, "not in this version");
    }

    /** Whether something at or below this path is wrong already. */
    public boolean under(String path) {
        return found.stream().anyMatch(problem -> Paths.within(problem.path(), path));
    }

    public boolean none() {
        return found.isEmpty();
    }

    /** In the order of the file. */
    public List<Problem> all() {
        return found.stream().sorted(Comparator.comparing(Problem::place)).toList();
    }

    /**
     * Ends the compilation when something is wrong.
     *
     * @throws ConfigException with all of it
     */
    public void raise() {
        if (!found.isEmpty()) {
            throw new ConfigException(all());
        }
    }
}
