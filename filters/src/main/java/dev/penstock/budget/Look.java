package dev.penstock.budget;

import java.time.Instant;
import java.util.List;

/**
 * How Redis is, as {@code sweep-1.lua} answers.
 *
 * @param doubts how often there was reason for doubt before it was asked
 */
record Look(List<Object> answer, int doubts) {

    Instant at() {
        return Instant.ofEpochMilli(Long.parseLong(text(0)));
    }

    /** Empty where Redis has lost its data, or never had any. */
    String epoch() {
        return text(1);
    }

    /** The instances that live. */
    List<String> living() {
        return texts(2);
    }

    /** Reservations whose leases are past. */
    List<String> past() {
        return texts(3);
    }

    /** Empty where Redis does not say which it is. */
    String run() {
        return text(4);
    }

    boolean closed() {
        return text(5).equals("1");
    }

    private String text(int at) {
        return (String) answer.get(at);
    }

    @SuppressWarnings("unchecked")
    private List<String> texts(int at) {
        return (List<String>) answer.get(at);
    }
}
