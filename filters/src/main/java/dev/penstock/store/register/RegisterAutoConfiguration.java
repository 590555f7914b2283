package dev.penstock.store.register;

import dev.penstock.journal.DataDirectory;
import dev.penstock.store.Bulletin;
import dev.penstock.store.RedisConnection;
import dev.penstock.store.StoreAutoConfiguration;
import java.nio.file.Path;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Registers, where {@code penstock.store} says. */
@AutoConfiguration(after = StoreAutoConfiguration.class)
@ConditionalOnProperty("penstock.routes")
public final class RegisterAutoConfiguration {

    @Bean(destroyMethod = "close")
    Registers penstockRegisters(ObjectProvider<RedisConnection> redis, ObjectProvider<DataDirectory> data) {
        RedisConnection shared = redis.getIfAvailable();
        Path directory = data.getObject().path();
        return shared == null ? Registers.in(directory) : Registers.of(shared, directory);
    }

    /** When all who open one have done so. */
    @Bean
    SmartInitializingSingleton penstockRegistersListen(Registers registers, ObjectProvider<Bulletin> bulletin) {
        return () -> bulletin.ifAvailable(registers::listen);
    }
}
