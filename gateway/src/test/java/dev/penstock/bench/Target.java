package dev.penstock.bench;

import java.util.List;

/**
 * What is measured.
 *
 * @param child the process whose CPU time counts
 * @param model what the caller asks for: decides which wire the provider speaks
 */
record Target(String name, Child child, int port, String model) {

    static final String BARE = "bare upstream";
    static final String PLAIN = "plain gateway";
    static final String SAME = "Penstock, same dialect";
    static final String TRANSLATED = "Penstock, translated";

    /** Whether a run of these subjects has it. */
    boolean isOneOf(List<String> subjects) {
        return subjects.contains(
                name.equals(BARE)
                        ? "bare"
                        : name.equals(PLAIN) ? "plain" : name.startsWith(SAME) ? "same" : "translated");
    }
}
