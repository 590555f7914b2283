package dev.penstock.store;

import io.lettuce.core.SslOptions;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The way to Redis, where {@code penstock.store} says so. */
@AutoConfiguration
@ConditionalOnProperty(name = "penstock.store", havingValue = "redis")
public final class StoreAutoConfiguration {

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    RedisConnection penstockRedis(Environment environment, ObjectProvider<SslBundles> bundles) {
        RedisSettings settings = Binder.get(environment).bindOrCreate("spring.data.redis", RedisSettings.class);
        Optional<SslBundle> bundle =
                settings.ssl().bundle().map(name -> bundles.getObject().getBundle(name));
        return RedisConnection.of(
                settings, bundle.map(StoreAutoConfiguration::ssl).orElseGet(SslOptions::create));
    }

    private static SslOptions ssl(SslBundle bundle) {
        return SslOptions.builder()
                .keyManager(bundle.getManagers().getKeyManagerFactory())
                .trustManager(bundle.getManagers().getTrustManagerFactory())
                .build();
    }
}
