package dev.penstock.journal.embedded;

import dev.penstock.journal.JournalEvents;
import dev.penstock.journal.segment.Damage;

/** Remembers that something is damaged, and tells. */
final class Alarm {

    private final JournalEvents events;
    private volatile boolean rang;

    Alarm(JournalEvents events) {
        this.events = events;
    }

    void damaged(Damage damage) {
        rang = true;
        events.damaged(damage);
    }

    void failed(String what, Throwable failure) {
        events.failed(what, failure);
    }

    boolean rang() {
        return rang;
    }
}
