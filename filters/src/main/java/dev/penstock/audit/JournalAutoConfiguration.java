package dev.penstock.audit;

import dev.penstock.journal.DataDirectory;
import dev.penstock.journal.Fold;
import dev.penstock.journal.JournalConfig;
import dev.penstock.journal.JournalConfig.Limits;
import dev.penstock.journal.OpeningJournal;
import dev.penstock.journal.embedded.EmbeddedJournal;
import dev.penstock.journal.segment.Disk;
import dev.penstock.journal.segment.RealDisk;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/** The data directory, and the journal in it. */
@AutoConfiguration
@ConditionalOnProperty("penstock.routes")
public final class JournalAutoConfiguration {

    @Bean
    DataDirectory penstockData(Environment environment) {
        return new DataDirectory(Path.of(environment.getProperty("penstock.data", "data")));
    }

    /** {@code --accept-corruption} opens over damage, which is then recorded. A {@code Disk} of the application's own holds. */
    @Bean(destroyMethod = "close")
    OpeningJournal penstockJournal(
            DataDirectory data, Environment environment, ObjectProvider<Fold> folds, ObjectProvider<Disk> disks) {
        JournalConfig config = JournalConfig.of(data.journal(), data.instanceId(), Clock.systemUTC())
                .with(limits(environment))
                .with(new JournalLog());
        boolean accept = environment.containsProperty("accept-corruption");
        return new OpeningJournal(() -> EmbeddedJournal.open(
                accept ? config.acceptingCorruption() : config,
                folds.orderedStream().toList(),
                disks.getIfAvailable(RealDisk::new)));
    }

    /** {@code penstock.journal.segment} and {@code penstock.journal.floor}, sizes such as {@code 64MB}. */
    private static Limits limits(Environment environment) {
        Limits usual = Limits.DEFAULT;
        int segment = Math.toIntExact(size(environment, "penstock.journal.segment", usual.segmentBytes()));
        long floor = size(environment, "penstock.journal.floor", usual.floorBytes());
        return new Limits(
                segment,
                usual.queueBytes(),
                usual.queueWait(),
                Math.min(usual.recordBytes(), segment / 8),
                floor,
                usual.snapshotRecords(),
                usual.snapshotEvery(),
                usual.probeEvery(),
                usual.checkBytesPerSecond());
    }

    private static long size(Environment environment, String property, long otherwise) {
        String text = environment.getProperty(property);
        return text == null ? otherwise : DataSize.parse(text).toBytes();
    }
}
