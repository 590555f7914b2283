package dev.penstock.audit;

import dev.penstock.core.Json;
import dev.penstock.journal.Entry;
import dev.penstock.journal.OpeningJournal;
import dev.penstock.journal.Room;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import tools.jackson.databind.node.ObjectNode;

/**
 * Closes what was running when the process before died, and records that this one began. Before the port opens; all of it waits
 * for a disk that does not write yet, and is not lost.
 */
final class AuditStart implements SmartInitializingSingleton {

    static final String UNKNOWN = "unknown";

    private static final Logger LOG = LoggerFactory.getLogger("penstock.audit");

    private final OpeningJournal journal;
    private final OpenCalls open;
    private final Clock clock;

    AuditStart(OpeningJournal journal, OpenCalls open, Clock clock) {
        this.journal = journal;
        this.open = open;
        this.clock = clock;
    }

    @Override
    public void afterSingletonsInstantiated() {
        journal.opened();
        List<ObjectNode> lost = open.unknown();
        ObjectNode boot = Json.object().put("type", "boot").put("time", now()).put("unknown", lost.size());
        lost.forEach(call -> journal.append(new Entry(unknown(call), Room.closing(0))));
        journal.append(new Entry(boot, Room.closing(0)));
        if (!lost.isEmpty()) {
            LOG.warn(
                    "{} calls were running when the process before this one ended; their outcome is unknown",
                    lost.size());
        }
    }

    private ObjectNode unknown(ObjectNode call) {
        ObjectNode record = Json.object();
        record.put("type", CallRecords.OUTCOME).put("time", now());
        record.setAll(call);
        return record.put("outcome", UNKNOWN);
    }

    private String now() {
        return clock.instant().toString();
    }
}
