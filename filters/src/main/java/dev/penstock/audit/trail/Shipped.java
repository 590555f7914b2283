package dev.penstock.audit.trail;

/** What has left for those who must have every record before it may be deleted. Thread-safe. */
@FunctionalInterface
public interface Shipped {

    /** The number of the last record that all required shippers have for good; the largest number when there is none. */
    long upTo();
}
