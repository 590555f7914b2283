package dev.penstock.ship;

import com.google.protobuf.ByteString;
import dev.penstock.core.Json;
import dev.penstock.journal.segment.Stored;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Records as OpenTelemetry's logs: the body is the record's own bytes, so that whoever has them can follow the chain; what is
 * searched for stands in attributes, too.
 */
final class OtlpLogs {

    private static final long NANOS = 1_000_000_000;
    private static final Set<String> WARNINGS = Set.of("security", "gap", "journal.truncated", "journal.damaged");

    private OtlpLogs() {}

    static byte[] of(List<Stored> records) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        scope.getScopeBuilder().setName("penstock.audit");
        records.forEach(record -> scope.addLogRecords(log(record)));
        ResourceLogs.Builder resource = ResourceLogs.newBuilder().addScopeLogs(scope);
        resource.getResourceBuilder()
                .addAttributes(text("service.name", "penstock"))
                .addAttributes(text("service.instance.id", records.get(0).chain()));
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(resource)
                .build()
                .toByteArray();
    }

    private static LogRecord log(Stored stored) {
        JsonNode record = stored.record();
        String type = Json.string(record, "type");
        boolean warning = WARNINGS.contains(type);
        long nanos = nanos(Json.string(record, "time"));
        LogRecord.Builder log = LogRecord.newBuilder()
                .setTimeUnixNano(nanos)
                .setObservedTimeUnixNano(nanos)
                .setSeverityNumber(warning ? SeverityNumber.SEVERITY_NUMBER_WARN : SeverityNumber.SEVERITY_NUMBER_INFO)
                .setSeverityText(warning ? "WARN" : "INFO");
        log.getBodyBuilder().setStringValueBytes(ByteString.copyFrom(stored.payload()));
        log.addAttributes(text("event.name", "penstock.audit." + type))
                .addAttributes(text("penstock.chain", stored.chain()))
                .addAttributes(KeyValue.newBuilder()
                        .setKey("penstock.seq")
                        .setValue(AnyValue.newBuilder().setIntValue(stored.seq())));
        attributes(log, record);
        trace(log, Json.string(record, "trace_id"));
        return log.build();
    }

    private static void attributes(LogRecord.Builder log, JsonNode record) {
        JsonNode who = record.path("who");
        JsonNode target = record.path("target");
        add(log, "penstock.call", Json.string(record, "call"));
        add(log, "penstock.request.id", Json.string(record, "request_id"));
        add(log, "penstock.service", Json.string(who, "service"));
        add(log, "penstock.team", Json.string(who, "team"));
        add(log, "penstock.outcome", Json.string(record, "outcome"));
        add(log, "penstock.event", Json.string(record, "event"));
        add(log, "gen_ai.request.model", Json.string(record.path("what"), "model"));
        add(log, "gen_ai.provider.name", Json.string(record, "provider") + Json.string(target, "provider"));
        add(log, "gen_ai.response.model", Json.string(record, "model") + Json.string(target, "model"));
    }

    private static void add(LogRecord.Builder log, String key, String value) {
        if (!value.isEmpty()) {
            log.addAttributes(text(key, value));
        }
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static void trace(LogRecord.Builder log, String id) {
        if (id.matches("[0-9a-f]{32}")) {
            log.setTraceId(ByteString.copyFrom(HexFormat.of().parseHex(id)));
        }
    }

    /** 0 is OpenTelemetry's word for a time that is not known. */
    private static long nanos(String time) {
        try {
            Instant instant = Instant.parse(time);
            return instant.getEpochSecond() * NANOS + instant.getNano();
        } catch (DateTimeParseException none) {
            return 0;
        }
    }
}
