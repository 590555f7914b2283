package dev.penstock.audit.trail;

import dev.penstock.alert.Webhook;
import dev.penstock.audit.AuditLog;
import dev.penstock.audit.content.Contents;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.journal.DataDirectory;
import dev.penstock.journal.OpeningJournal;
import dev.penstock.journal.checkpoint.Checkpoint;
import dev.penstock.journal.checkpoint.Note;
import dev.penstock.journal.checkpoint.SigningKey;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/** Checkpoints, on {@code penstock.checkpoint.every} and {@code .records}. */
@AutoConfiguration
@ConditionalOnProperty("penstock.routes")
public final class TrailAutoConfiguration {

    private static final String KEY = "checkpoint-key";

    @Bean
    CheckpointPace penstockCheckpointPace(Environment environment) {
        Duration every = DurationStyle.detectAndParse(environment.getProperty("penstock.checkpoint.every", "10s"));
        long records = environment.getProperty("penstock.checkpoint.records", Long.class, 1_000L);
        if (every.toMillis() < 1 || records < 1) {
            throw new IllegalArgumentException("penstock.checkpoint.every " + every + ", .records " + records
                    + " (expected: at least 1ms, at least 1)");
        }
        return new CheckpointPace(every, records);
    }

    @Bean
    CheckpointFile penstockCheckpointFile(DataDirectory data) {
        return new CheckpointFile(data.path());
    }

    /** Closed before the journal, which it depends on. */
    @Bean(destroyMethod = "close")
    Checkpoints penstockCheckpoints(
            OpeningJournal journal,
            DataDirectory data,
            CheckpointFile file,
            CheckpointPace pace,
            CurrentSettings settings,
            Webhook webhook,
            ObjectProvider<OpenTelemetry> telemetry) {
        String chain = data.instanceId();
        SigningKey key = SigningKey.of(Checkpoint.origin(chain), data.line(KEY, SigningKey::draw));
        data.line(KEY + ".pub", key.verifier()::text);
        List<Consumer<Note>> takers = new ArrayList<>();
        takers.add(new CheckpointWebhook(settings, webhook));
        telemetry.ifUnique(unique -> takers.add(new CheckpointLog(unique)));
        return new Checkpoints(journal, chain, key, file, pace, Clock.systemUTC(), takers);
    }

    @Bean
    Holds penstockHolds(DataDirectory data) {
        return new Holds(data.path());
    }

    @Bean
    Retention penstockRetention(
            OpeningJournal journal,
            DataDirectory data,
            CheckpointFile checkpoints,
            Holds holds,
            AuditLog log,
            CurrentSettings settings) {
        return new Retention(
                journal,
                checkpoints,
                holds,
                log,
                settings,
                new OldTexts(Contents.folder(data.path())),
                Clock.systemUTC());
    }

    /** Not at once: a start has enough to do. */
    @Bean(destroyMethod = "dispose")
    Disposable penstockRetentionSchedule(Retention retention, Environment environment) {
        long every = DurationStyle.detectAndParse(environment.getProperty("penstock.retention.every", "1h"))
                .toMillis();
        return Schedulers.boundedElastic().schedulePeriodically(retention::run, every, every, TimeUnit.MILLISECONDS);
    }

    /** Begins when the journal is open. */
    @Bean
    SmartInitializingSingleton penstockCheckpointsStart(OpeningJournal journal, Checkpoints checkpoints) {
        return () -> {
            journal.opened();
            checkpoints.start();
        };
    }
}
