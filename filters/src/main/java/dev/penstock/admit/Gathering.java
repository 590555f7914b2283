package dev.penstock.admit;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * The buffers of one body until it is complete. Owns every buffer that it was given, releases it exactly once.
 *
 * <p>Thread-safe: a time-out or a cancel may drop it while a buffer arrives.
 */
final class Gathering {

    /** What a buffer counts for at least: about what an empty one costs with its object and its share of a receive buffer. */
    private static final int LEAST = 1024;

    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private final long max;
    private final InFlight.Lease lease;
    private final List<DataBuffer> buffers = new ArrayList<>(2);
    private long size;
    private boolean dropped;

    Gathering(long max, InFlight.Lease lease) {
        this.max = max;
        this.lease = lease;
    }

    /** Takes a buffer; one that comes after {@link #drop} is released at once. */
    synchronized void add(DataBuffer buffer) {
        if (dropped) {
            DataBufferUtils.release(buffer);
            return;
        }
        buffers.add(buffer);
        int more = buffer.readableByteCount();
        size += more;
        if (size > max) {
            throw tooLarge(max);
        }
        if (!lease.take(Math.max(more, LEAST))) {
            throw overloaded();
        }
    }

    /** All bytes, copied once into an array of their size; the buffers are released. None after {@link #drop}. */
    synchronized Optional<byte[]> bytes() {
        if (dropped) {
            return Optional.empty();
        }
        byte[] all = new byte[Math.toIntExact(size)];
        int at = 0;
        for (DataBuffer buffer : buffers) {
            int count = buffer.readableByteCount();
            buffer.read(all, at, count);
            at += count;
        }
        drop();
        lease.shrinkTo(size);
        return Optional.of(all);
    }

    /** Releases the buffers, and those that still come. */
    synchronized void drop() {
        dropped = true;
        buffers.forEach(DataBufferUtils::release);
        buffers.clear();
    }

    static GatewayException tooLarge(long max) {
        return new GatewayException(
                ErrorCode.REQUEST_TOO_LARGE,
                Told.of("The request body is larger than " + max + " bytes.").with("limit", max),
                "'body' too large (expected: at most " + max + " bytes)");
    }

    private static GatewayException overloaded() {
        return new GatewayException(
                ErrorCode.OVERLOADED,
                Told.NOTHING.after(COME_BACK),
                "'in-flight-bytes' used up by the requests that are being answered");
    }
}
