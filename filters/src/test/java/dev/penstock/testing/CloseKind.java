package dev.penstock.testing;

/** How a connection ended, seen from the scripted upstream. */
public enum CloseKind {
    /** The peer closed in order. */
    FIN,
    /** The peer reset the connection; also an orderly close with unread bytes in its buffer. */
    RST,
    /** The script, or closing the upstream, ended it first. */
    BY_UPSTREAM
}
