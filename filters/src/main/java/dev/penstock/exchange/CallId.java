package dev.penstock.exchange;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The gateway's own id of a call: a UUID of version 7, ordered by time. Beside it stands the request id, which callers may
 * choose and so may choose twice.
 */
final class CallId {

    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final int RANDOM_HIGH_BITS = 12;

    private CallId() {}

    static String at(long epochMillis) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = epochMillis << 16 | VERSION_7 | random.nextLong(1 << RANDOM_HIGH_BITS);
        long low = random.nextLong() >>> 2 | VARIANT;
        return new UUID(high, low).toString();
    }
}
