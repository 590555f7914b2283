package dev.penstock.ship;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.penstock.core.Json;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a sink of OTLP says of a batch: protobuf as it was asked, or JSON, as some sinks answer everybody. */
final class OtlpAnswer {

    private OtlpAnswer() {}

    /** How many of a batch that was answered with success were refused all the same; empty when it is no answer of OTLP's. */
    static OptionalLong refused(byte[] answer) {
        try {
            return OptionalLong.of(ExportLogsServiceResponse.parseFrom(answer)
                    .getPartialSuccess()
                    .getRejectedLogRecords());
        } catch (InvalidProtocolBufferException otherAnswer) {
            return refusedAsJson(answer);
        }
    }

    private static OptionalLong refusedAsJson(byte[] answer) {
        try {
            JsonNode read = Json.LENIENT_DEPTH.read(answer);
            JsonNode partial = read.path("partialSuccess");
            boolean known = read.isObject() && (read.isEmpty() || partial.isObject() || partial.isNull());
            return known ? count(partial.path("rejectedLogRecords")) : OptionalLong.empty();
        } catch (JacksonException noJson) {
            return OptionalLong.empty();
        }
    }

    /** As protobuf's JSON has it: a string or a number, and nothing for 0. */
    private static OptionalLong count(JsonNode rejected) {
        if (rejected.isMissingNode() || rejected.isNull()) {
            return OptionalLong.of(0);
        }
        String digits = rejected.asString();
        return digits.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
    }
}
