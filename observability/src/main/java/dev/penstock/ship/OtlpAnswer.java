package dev.penstock.ship;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
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
            ExportLogsServiceResponse read = ExportLogsServiceResponse.parseFrom(answer);
            if (known(read) && known(read.getPartialSuccess())) {
                return OptionalLong.of(read.getPartialSuccess().getRejectedLogRecords());
            }
        } catch (InvalidProtocolBufferException otherAnswer) {
            // perhaps JSON
        }
        return refusedAsJson(answer);
    }

    /** Of short texts many can be read as protobuf, too, with fields that OTLP does not have. */
    private static boolean known(Message read) {
        return read.getUnknownFields().asMap().isEmpty();
    }

    private static OptionalLong refusedAsJson(byte[] answer) {
        try {
            JsonNode read = Json.LENIENT_DEPTH.read(answer);
            JsonNode partial = either(read, "partialSuccess", "partial_success");
            boolean known = read.isObject() && (read.isEmpty() || partial.isObject() || partial.isNull());
            return known ? count(either(partial, "rejectedLogRecords", "rejected_log_records")) : OptionalLong.empty();
        } catch (JacksonException noJson) {
            return OptionalLong.empty();
        }
    }

    /** Protobuf's JSON has one name, and who reads it must take the other as well. */
    private static JsonNode either(JsonNode object, String name, String original) {
        return object.has(name) ? object.path(name) : object.path(original);
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
