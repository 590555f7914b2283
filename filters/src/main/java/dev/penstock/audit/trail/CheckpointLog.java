package dev.penstock.audit.trail;

import dev.penstock.journal.checkpoint.Note;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import java.util.function.Consumer;

/** Gives checkpoints to OpenTelemetry's logs: they leave where the application exports logs. */
final class CheckpointLog implements Consumer<Note> {

    private static final AttributeKey<String> EVENT = AttributeKey.stringKey("event.name");

    private final Logger logger;

    CheckpointLog(OpenTelemetry telemetry) {
        this.logger = telemetry.getLogsBridge().get("penstock.audit");
    }

    @Override
    public void accept(Note note) {
        logger.logRecordBuilder()
                .setSeverity(Severity.INFO)
                .setAttribute(EVENT, "penstock.audit.checkpoint")
                .setBody(note.form())
                .emit();
    }
}
