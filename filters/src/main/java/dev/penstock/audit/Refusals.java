package dev.penstock.audit;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Over;
import dev.penstock.journal.Entry;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records refusals. Whoever knocks without a key and often gets one record with a count for each second, or the record itself
 * would be the way to fill the disk. Thread-safe; {@link #flush} is called about once a second.
 */
final class Refusals {

    private static final int EACH = 20;
    private static final int MOST_SOURCES = 10_000;
    private static final String OTHERS = "others";
    private static final int MILLIS = 1000;

    private final AuditLog log;
    private final Clock clock;
    private Map<Knock, Flood> floods = new HashMap<>();
    private long second;

    Refusals(AuditLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** Who is refused, and why: each is counted apart. */
    private record Knock(String source, String code) {}

    /** One of them in one second. */
    private static final class Flood {

        private int seen;
    }

    /** {@code record} is written, or counted. */
    CompletableFuture<?> write(LlmExchange exchange, Over over, ObjectNode record) {
        boolean unknown = over.failure() instanceof GatewayException known && known.code() == ErrorCode.KEY_UNKNOWN;
        return write(unknown, Json.string(record.path("who"), "ip"), record);
    }

    CompletableFuture<?> write(boolean unknownCaller, String source, ObjectNode record) {
        if (unknownCaller && floods(source, Json.string(record, "outcome"))) {
            return CompletableFuture.completedFuture(null);
        }
        return log.append(Entry.plain(record));
    }

    /** Whether this one is only counted. */
    private boolean floods(String source, String code) {
        roll();
        synchronized (this) {
            Knock knock = new Knock(source, code);
            if (!floods.containsKey(knock) && floods.size() >= MOST_SOURCES) {
                knock = new Knock(OTHERS, code);
            }
            Flood flood = floods.computeIfAbsent(knock, ignored -> new Flood());
            flood.seen++;
            return flood.seen > EACH;
        }
    }

    /** Records what was only counted in seconds that are over. */
    void flush() {
        roll();
    }

    /** Records all that was only counted, also in this second. */
    void close() {
        Map<Knock, Flood> left;
        synchronized (this) {
            left = floods;
            floods = new HashMap<>();
        }
        left.forEach((knock, flood) -> tell(knock, flood, second));
    }

    private void roll() {
        long now = clock.millis() / MILLIS;
        Map<Knock, Flood> past;
        long when;
        synchronized (this) {
            if (now == second) {
                return;
            }
            past = floods;
            when = second;
            floods = new HashMap<>();
            second = now;
        }
        past.forEach((knock, flood) -> tell(knock, flood, when));
    }

    private void tell(Knock knock, Flood flood, long when) {
        if (flood.seen > EACH) {
            ObjectNode record = Json.object();
            record.put("type", CallRecords.REFUSAL);
            record.put("time", clock.instant().toString());
            record.putObject("who").put("ip", knock.source());
            record.put("outcome", knock.code());
            record.put("count", flood.seen - EACH);
            record.put("second", java.time.Instant.ofEpochSecond(when).toString());
            log.append(Entry.plain(record));
        }
    }
}
