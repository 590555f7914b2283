package dev.penstock.audit.trail;

import dev.penstock.alert.Webhook;
import dev.penstock.audit.AuditConfig;
import dev.penstock.audit.AuditLog;
import dev.penstock.audit.content.Contents;
import dev.penstock.exchange.BeforeSwap;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.journal.DataDirectory;
import dev.penstock.journal.OpeningJournal;
import dev.penstock.journal.checkpoint.Checkpoint;
import dev.penstock.journal.checkpoint.Note;
import dev.penstock.journal.checkpoint.SigningKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.springframework.beans.factory.ListableBeanFactory;
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

    @Bean
    CheckpointWebhook penstockCheckpointWebhook(CurrentSettings settings, Webhook webhook) {
        return new CheckpointWebhook(settings, webhook);
    }

    @Bean
    SmartInitializingSingleton penstockCheckpointMeters(
            OpeningJournal journal,
            CheckpointFile file,
            CheckpointWebhook webhook,
            ObjectProvider<MeterRegistry> meters) {
        Clock clock = Clock.systemUTC();
        return () -> meters.ifAvailable(registry -> {
            CheckpointAge age = new CheckpointAge(() -> journal.tree().size(), clock);
            age.register("file", () -> age.seconds(file.last()), registry);
            age.register("webhook", () -> webhook.used() ? age.seconds(webhook.last()) : 0, registry);
        });
    }

    /** Closed before the journal, which it depends on. */
    @Bean(destroyMethod = "close")
    Checkpoints penstockCheckpoints(
            OpeningJournal journal,
            DataDirectory data,
            CheckpointFile file,
            CheckpointPace pace,
            CheckpointWebhook webhook,
            ObjectProvider<OpenTelemetry> telemetry) {
        String chain = data.instanceId();
        SigningKey key = CheckpointKey.of(data, Checkpoint.origin(chain));
        List<Consumer<Note>> takers = new ArrayList<>();
        takers.add(webhook);
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
            CurrentSettings settings,
            Contents contents,
            ObjectProvider<Shipped> shipped) {
        return new Retention(
                journal,
                checkpoints,
                holds,
                log,
                settings,
                new OldTexts(Contents.folder(data.path()), contents::release),
                Clock.systemUTC(),
                () -> shipped.orderedStream().mapToLong(Shipped::upTo).min().orElse(Long.MAX_VALUE));
    }

    /** An application may have the filters without what ships: then nothing may look as if it did. */
    @Bean
    BeforeSwap penstockShippersBeforeSwap(ListableBeanFactory beans) {
        return next -> {
            boolean wanted = !next.get(AuditConfig.class).shippers().isEmpty();
            if (wanted && beans.getBeanNamesForType(Shipped.class, true, false).length == 0) {
                throw new IllegalStateException(
                        "audit.shippers: nothing here ships (expected: penstock-observability on the class path)");
            }
        };
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
