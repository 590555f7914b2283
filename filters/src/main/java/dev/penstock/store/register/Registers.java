package dev.penstock.store.register;

import dev.penstock.store.Bulletin;
import dev.penstock.store.RedisConnection;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The registers of this instance, each opened once. Thread-safe. */
public final class Registers implements AutoCloseable {

    private final Function<String, Register> open;
    private final Map<String, Register> opened = new ConcurrentHashMap<>();

    private Registers(Function<String, Register> open) {
        this.open = open;
    }

    /** One file for each in this directory. */
    public static Registers in(Path directory) {
        return new Registers(name -> EmbeddedRegister.open(directory.resolve(name + ".json")));
    }

    /** Not connected yet. */
    public static Registers of(RedisConnection redis) {
        return new Registers(name -> new RedisRegister(redis, name));
    }

    /** @param name in lower-case letters and hyphens */
    public Register named(String name) {
        return opened.computeIfAbsent(name, open);
    }

    /** Lets those that are opened by now hear of changes sooner than they would by themselves. */
    public void listen(Bulletin bulletin) {
        for (Register register : opened.values()) {
            if (register instanceof RedisRegister shared) {
                shared.listen(bulletin);
            }
        }
    }

    @Override
    public void close() {
        opened.values().forEach(Register::close);
    }
}
