package dev.penstock.keys;

import dev.penstock.exchange.SecurityEvents;
import dev.penstock.journal.DataDirectory;
import dev.penstock.store.register.Registers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/** The step {@code Authenticate}, the callers for endpoints that are not a step's, and the desk where keys are issued. */
@AutoConfiguration
@ConditionalOnProperty("penstock.routes")
public final class KeysAutoConfiguration {

    private static final String REGISTER = "keys";
    private static final Duration PATIENCE = Duration.ofMillis(250);
    private static final int PEPPER_BYTES = 32;
    private static final int SHORTEST_PEPPER = 16;

    private final Clock clock = Clock.systemUTC();

    /**
     * {@code penstock.keys.pepper}, the same at all instances; without it one that is drawn into the data directory, or, where several
     * share a store, none.
     */
    @Bean
    Pepper penstockPepper(Environment environment, ObjectProvider<DataDirectory> data) {
        String given = environment.getProperty("penstock.keys.pepper", "").trim();
        if (!given.isEmpty() && given.length() < SHORTEST_PEPPER) {
            throw new IllegalStateException("penstock.keys.pepper has " + given.length()
                    + " characters (expected: at least " + SHORTEST_PEPPER + ")");
        }
        if (!given.isEmpty()) {
            return Pepper.of(given.getBytes(StandardCharsets.UTF_8));
        }
        boolean shared = environment.getProperty("penstock.store", "embedded").equals("redis");
        return shared ? Pepper.none() : Pepper.of(data.getObject().secret("key-pepper", PEPPER_BYTES));
    }

    @Bean
    KeyStore penstockKeyStore(Registers registers, Pepper pepper, Environment environment) {
        Duration patience = environment.getProperty("penstock.redis.patience", Duration.class, PATIENCE);
        return new KeyStore(registers.named(REGISTER, Agreement::of), pepper, patience, clock);
    }

    @Bean
    LastUse penstockLastUse(Registers registers) {
        return new LastUse(registers.named("key-use"), clock);
    }

    @Bean(destroyMethod = "dispose")
    Disposable penstockLastUseKept(LastUse uses) {
        return Schedulers.parallel().schedulePeriodically(uses::keep, 60, 60, TimeUnit.SECONDS);
    }

    @Bean
    KeyDesk penstockKeyDesk(Registers registers, Pepper pepper, LastUse uses) {
        return new KeyDesk(registers.named(REGISTER, Agreement::of), pepper, uses, clock);
    }

    @Bean
    Callers callers(Environment environment, KeyStore store, LastUse uses, ObjectProvider<SecurityEvents> events) {
        SecurityEvents told = event -> events.ifAvailable(it -> it.tell(event));
        return new Callers(DataPort.of(environment), store, uses, told, clock);
    }

    @Bean
    AuthenticateGatewayFilterFactory authenticateGatewayFilterFactory(Callers callers) {
        return new AuthenticateGatewayFilterFactory(callers);
    }
}
