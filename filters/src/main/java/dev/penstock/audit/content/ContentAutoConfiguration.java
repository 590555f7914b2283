package dev.penstock.audit.content;

import dev.penstock.journal.DataDirectory;
import java.time.Clock;
import java.util.Optional;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** What is kept of texts; nothing without a master key. */
@AutoConfiguration
@ConditionalOnProperty("penstock.routes")
public final class ContentAutoConfiguration {

    @Bean(destroyMethod = "close")
    Contents penstockContents(Environment environment, DataDirectory data) {
        Clock clock = Clock.systemUTC();
        Optional<ContentKeys> keys =
                MasterKey.of(environment::getProperty).map(master -> new ContentKeys(data.path(), master, clock));
        return new Contents(data.path(), keys, keys.map(it -> new ContentStore(data.path(), it, clock)));
    }
}
