package dev.penstock.ship;

import dev.penstock.exchange.CurrentSettings;
import dev.penstock.journal.DataDirectory;
import dev.penstock.journal.OpeningJournal;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.cloud.gateway.event.RefreshRoutesEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** What ships, on {@code penstock.shipper.every}, {@code .backoff} and {@code .max-backoff}. */
@AutoConfiguration
@ConditionalOnProperty("penstock.routes")
public final class ShipAutoConfiguration {

    private final Clock clock = Clock.systemUTC();

    /** Closed before the journal, which it depends on. */
    @Bean(destroyMethod = "close")
    Shippers penstockShippers(
            OpeningJournal journal,
            DataDirectory data,
            ObjectProvider<CurrentSettings> settings,
            Environment environment) {
        Pace pace = new Pace(
                duration(environment, "every", "1s"),
                duration(environment, "backoff", "1s"),
                duration(environment, "max-backoff", "1m"),
                new SecureRandom());
        return new Shippers(journal, data, settings::getObject, new HttpSink(), pace, clock);
    }

    private static Duration duration(Environment environment, String key, String usual) {
        String property = "penstock.shipper." + key;
        Duration found = DurationStyle.detectAndParse(environment.getProperty(property, usual));
        if (found.toMillis() < 1) {
            throw new IllegalArgumentException(property + " " + found + " (expected: at least 1ms)");
        }
        return found;
    }

    @Bean
    ShipMeters penstockShipMeters(Shippers shippers, ObjectProvider<MeterRegistry> registries) {
        return new ShipMeters(shippers, registries, clock);
    }

    /** Begins when the journal is open. */
    @Bean
    SmartInitializingSingleton penstockShippersStart(OpeningJournal journal, Shippers shippers, ShipMeters meters) {
        return () -> {
            journal.opened();
            shippers.begin();
            meters.apply();
        };
    }

    @Bean
    ApplicationListener<RefreshRoutesEvent> penstockShippersReload(Shippers shippers, ShipMeters meters) {
        return event -> {
            shippers.apply();
            meters.apply();
        };
    }
}
