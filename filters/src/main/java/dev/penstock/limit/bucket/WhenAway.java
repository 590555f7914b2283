package dev.penstock.limit.bucket;

/** What is done while the store of counts does not answer. */
public enum WhenAway {
    /** Nothing is admitted: 503 {@code limit_unavailable}. */
    CLOSED,
    /** Each instance counts for itself, and admits its part of each limit. */
    LOCAL_SHARE,
    /** Everything is admitted, and nothing counted. */
    OPEN
}
