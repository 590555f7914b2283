package dev.penstock.journal;

import org.jspecify.annotations.Nullable;

/** A journal that cannot be opened, or a record that it did not take. Expected, so without a stack trace. */
public final class JournalException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    public JournalException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.reason = reason;
    }

    public JournalException(Reason reason, String message) {
        this(reason, message, null);
    }

    public Reason reason() {
        return reason;
    }

    /** Why. */
    public enum Reason {
        /** More waits than may wait; come back. */
        FULL,
        /** No space, or the disk does not write. */
        DISK,
        CLOSED,
        /** The record is larger than a record may be. */
        TOO_LARGE,
        /** The record cannot be written as JSON. */
        UNWRITABLE,
        /** Another process has the directory open. */
        LOCKED,
        /** The records are not as they were written. */
        DAMAGED,
        /** The directory holds the journal of another instance. */
        OTHER_CHAIN
    }
}
