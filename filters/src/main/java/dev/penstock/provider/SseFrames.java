package dev.penstock.provider;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events, cut on bytes: lines end with LF, CRLF or CR, wherever a read ended; comments, {@code id} and
 * {@code retry} are passed over; several {@code data} lines are joined by LF (WHATWG HTML, server-sent events).
 */
public final class SseFrames implements Frames {

    private static final int LARGEST_EVENT = 32 * 1024 * 1024;
    private static final byte[] DATA = ascii("data");
    private static final byte[] EVENT = ascii("event");
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private byte[] buffer = new byte[2048];
    private int end;
    private int scanned;
    private int lineStart;
    private boolean afterReturn;
    private boolean atStart = true;

    private String event = "";
    private int dataStart = -1;
    private int dataEnd;
    private byte @Nullable [] earlierData;

    @Override
    public void feed(ByteBuffer bytes, Consumer<Frame> events) {
        append(bytes);
        for (int at = lineEnd(); at < end; at = lineEnd()) {
            afterReturn &= at == scanned;
            byte next = buffer[at];
            scanned = at + 1;
            if (next == '\r' || !afterReturn) {
                line(lineStart, at, events);
            }
            lineStart = scanned;
            afterReturn = next == '\r';
        }
        afterReturn &= scanned == end;
        scanned = end;
        compact();
    }

    /** Where the next LF or CR is, or the end of what came. */
    private int lineEnd() {
        byte[] bytes = buffer;
        int to = end;
        int at = scanned;
        while (at < to && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        return at;
    }

    private void append(ByteBuffer bytes) {
        int more = bytes.remaining();
        if (end + more > LARGEST_EVENT) {
            throw new DecodeException("an event of more than " + LARGEST_EVENT + " bytes");
        }
        if (end + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, end + more));
        }
        bytes.get(buffer, end, more);
        end += more;
    }

    private void line(int from, int to, Consumer<Frame> events) {
        int start = atStart && startsWith(from, to, BYTE_ORDER_MARK) ? from + BYTE_ORDER_MARK.length : from;
        atStart = false;
        if (start == to) {
            dispatch(events);
        } else if (isField(start, to, DATA)) {
            data(valueStart(start, to, DATA.length), to);
        } else if (isField(start, to, EVENT)) {
            int value = valueStart(start, to, EVENT.length);
            event = new String(buffer, value, to - value, StandardCharsets.UTF_8);
        }
    }

    private void data(int from, int to) {
        if (dataStart >= 0) {
            earlierData = joined();
        }
        dataStart = from;
        dataEnd = to;
    }

    private void dispatch(Consumer<Frame> events) {
        if (dataStart >= 0) {
            Frame frame = new Frame(event, joined());
            earlierData = null;
            dataStart = -1;
            events.accept(frame);
        }
        event = "";
    }

    private byte[] joined() {
        if (earlierData == null) {
            return Arrays.copyOfRange(buffer, dataStart, dataEnd);
        }
        int before = earlierData.length;
        byte[] all = Arrays.copyOf(earlierData, before + 1 + dataEnd - dataStart);
        all[before] = '\n';
        System.arraycopy(buffer, dataStart, all, before + 1, dataEnd - dataStart);
        return all;
    }

    /** Moves what is still needed to the front: an open data line and the unfinished line. */
    private void compact() {
        int keep = dataStart >= 0 ? Math.min(dataStart, lineStart) : lineStart;
        if (keep == 0) {
            return;
        }
        System.arraycopy(buffer, keep, buffer, 0, end - keep);
        end -= keep;
        scanned -= keep;
        lineStart -= keep;
        if (dataStart >= 0) {
            dataStart -= keep;
            dataEnd -= keep;
        }
    }

    private boolean isField(int from, int to, byte[] name) {
        return startsWith(from, to, name) && (to - from == name.length || buffer[from + name.length] == ':');
    }

    private int valueStart(int from, int to, int name) {
        int start = Math.min(from + name + 1, to);
        return start < to && buffer[start] == ' ' ? start + 1 : start;
    }

    private boolean startsWith(int from, int to, byte[] word) {
        return to - from >= word.length && Arrays.equals(buffer, from, from + word.length, word, 0, word.length);
    }

    private static byte[] ascii(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }
}
