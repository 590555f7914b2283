package dev.penstock.audit;

import dev.penstock.audit.content.Contents;
import dev.penstock.exchange.Outside;
import dev.penstock.journal.DataDirectory;
import dev.penstock.journal.Fold;
import dev.penstock.journal.OpeningJournal;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/** The step {@code Audit}, and the records beside the steps. */
@AutoConfiguration
@ConditionalOnProperty("penstock.routes")
public final class AuditAutoConfiguration {

    private static final int KEY_BYTES = 32;

    private final Clock clock = Clock.systemUTC();
    private final OpenCalls open = new OpenCalls();

    @Bean
    Fold penstockOpenCalls() {
        return open;
    }

    @Bean
    AuditLog penstockAuditLog(OpeningJournal journal) {
        return new AuditLog(journal, clock);
    }

    @Bean(destroyMethod = "close")
    Refusals penstockRefusals(AuditLog log) {
        return new Refusals(log, clock);
    }

    /** A second that is over is told although nobody knocks after it. */
    @Bean(destroyMethod = "dispose")
    Disposable penstockRefusalsFlush(Refusals refusals) {
        return Schedulers.parallel().schedulePeriodically(refusals::flush, 1, 1, TimeUnit.SECONDS);
    }

    @Bean
    Outside penstockOutsideRecords(Refusals refusals) {
        return new OutsideRecords(refusals, clock);
    }

    @Bean
    AuditStart penstockAuditStart(OpeningJournal journal) {
        return new AuditStart(journal, open, clock);
    }

    @Bean
    SmartInitializingSingleton penstockAuditMeters(
            OpeningJournal journal, AuditLog log, ObjectProvider<MeterRegistry> meters) {
        return () -> meters.ifAvailable(registry -> AuditMeters.register(journal, log, registry));
    }

    @Bean
    TextHash penstockTextHash(DataDirectory data) {
        return TextHash.with(data.secret("audit-key", KEY_BYTES));
    }

    @Bean
    AuditGatewayFilterFactory auditGatewayFilterFactory(
            AuditLog log, Refusals refusals, Contents contents, TextHash hash) {
        return new AuditGatewayFilterFactory(
                new CallRecords(hash, clock, System::nanoTime),
                log,
                refusals,
                new CallContents(contents.store().orElse(null)),
                hash);
    }
}
