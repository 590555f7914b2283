package dev.penstock.store.register;

import dev.penstock.store.Bulletin;
import dev.penstock.store.RedisConnection;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** The registers of this instance, each opened once. Thread-safe. */
public final class Registers implements AutoCloseable {

    private final BiFunction<String, BinaryOperator<ObjectNode>, Register> open;
    private final Map<String, Register> opened = new ConcurrentHashMap<>();

    private Registers(BiFunction<String, BinaryOperator<ObjectNode>, Register> open) {
        this.open = open;
    }

    /** One file for each in this directory. */
    public static Registers in(Path directory) {
        return new Registers((name, alone) -> EmbeddedRegister.open(directory.resolve(name + ".json")));
    }

    /** Not connected yet. What this instance knows of them when it stops is in this directory of its own. */
    public static Registers of(RedisConnection redis, Path directory) {
        return new Registers((name, agreement) ->
                new RedisRegister(redis, name, agreement, new CopyFile(directory.resolve(name + ".copy.json"))));
    }

    /** @param name in lower-case letters and hyphens */
    public Register named(String name) {
        return named(name, Register.HIGHER);
    }

    /**
     * One in which more than the higher revision counts. Whoever opens it first says so.
     *
     * @param agreement what is kept of two versions of a document; the same whichever comes first, and changes neither
     */
    public Register named(String name, BinaryOperator<ObjectNode> agreement) {
        return opened.computeIfAbsent(name, it -> open.apply(it, agreement));
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
