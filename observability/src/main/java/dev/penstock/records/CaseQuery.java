package dev.penstock.records;

import dev.penstock.core.Json;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a case is about; an empty word takes any.
 *
 * @param from inclusive
 * @param to exclusive
 * @param call a call's id, or a request's
 */
public record CaseQuery(Instant from, Instant to, String service, String call) {

    boolean takes(ObjectNode record) {
        return new RecordQuery(from, to, service, "", "", "", "").takes(record)
                && (call.isEmpty()
                        || Json.string(record, "call").equals(call)
                        || Json.string(record, "request_id").equals(call));
    }

    public ObjectNode json() {
        return Json.object()
                .put("from", from.toString())
                .put("to", to.toString())
                .put("service", service)
                .put("call", call);
    }
}
