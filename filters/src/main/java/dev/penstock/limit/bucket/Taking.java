package dev.penstock.limit.bucket;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What came of claims that were made together. */
public sealed interface Taking {

    /** How the limits stand after it, in the order of the claims. */
    List<Level> levels();

    /**
     * All of it was had, and has to be settled once.
     *
     * @param at decides into which windows something can be given back
     * @param id by which its store knows it; empty where there is nothing to know
     */
    record Taken(List<Claim> claims, Instant at, List<Level> levels, String id) implements Taking {}

    /**
     * Nothing was taken.
     *
     * @param by the limit that has room again last
     * @param comeBack when it has; a guess for what is concurrent
     */
    record Refused(Level by, Duration comeBack, List<Level> levels) implements Taking {}
}
