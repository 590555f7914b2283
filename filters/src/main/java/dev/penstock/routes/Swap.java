package dev.penstock.routes;

import dev.penstock.exchange.BeforeSwap;
import dev.penstock.exchange.Settings;
import dev.penstock.routes.file.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.event.RefreshRoutesEvent;
import org.springframework.context.ApplicationEventPublisher;

/** What the rest of the application hears of a reload: steps before it, Spring's routes, log and meters after it. */
final class Swap {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.routes");

    private final ObjectProvider<BeforeSwap> before;
    private final ApplicationEventPublisher events;
    private final ObjectProvider<MeterRegistry> meters;

    Swap(ObjectProvider<BeforeSwap> before, ApplicationEventPublisher events, ObjectProvider<MeterRegistry> meters) {
        this.before = before;
        this.events = events;
        this.meters = meters;
    }

    void prepare(Settings next) {
        before.forEach(it -> it.prepare(next));
    }

    void done(String file, Compiled next) {
        events.publishEvent(new RefreshRoutesEvent(this));
        count("penstock.config.reloads");
        LOG.info("{}: reloaded, config={}", file, next.settings().hash());
        next.warnings().forEach(warning -> LOG.warn("{}: {}", file, warning));
    }

    void refused(List<Problem> problems, boolean told) {
        count("penstock.config.refused");
        if (!told) {
            problems.forEach(problem -> LOG.error("{}", problem));
            LOG.error("refused; the last good configuration stays in force");
        }
    }

    private void count(String meter) {
        meters.ifAvailable(registry -> registry.counter(meter).increment());
    }
}
