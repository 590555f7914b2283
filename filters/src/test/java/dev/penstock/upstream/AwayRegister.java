package dev.penstock.upstream;

import dev.penstock.store.register.Register;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A register whose store is away when a test says so: it knows what it knew, and takes nothing. */
final class AwayRegister implements Register {

    volatile boolean away;

    /** It takes what it is given, and its answers do not arrive. */
    volatile boolean mute;

    private final AtomicReference<Runnable> first = new AtomicReference<>(() -> {});
    private final Register register;

    AwayRegister(Register register) {
        this.register = register;
    }

    @Override
    public Map<String, ObjectNode> all() {
        first.getAndSet(() -> {}).run();
        return register.all();
    }

    @Override
    public boolean isKnown() {
        return register.isKnown();
    }

    @Override
    public CompletableFuture<ObjectNode> change(String id, UnaryOperator<@Nullable ObjectNode> change) {
        if (away) {
            return CompletableFuture.failedFuture(new TimeoutException("away"));
        }
        CompletableFuture<ObjectNode> kept = register.change(id, change);
        return mute
                ? kept.thenCompose(done -> CompletableFuture.failedFuture(new TimeoutException("no answer")))
                : kept;
    }

    /** Once, whoever looks next. */
    void first(Runnable task) {
        first.set(task);
    }

    /** As another instance sees it, which reaches the store. */
    Register elsewhere() {
        return register;
    }

    @Override
    public CompletableFuture<Void> merge(Map<String, ObjectNode> documents) {
        return register.merge(documents);
    }

    @Override
    public CompletableFuture<Void> refresh() {
        return register.refresh();
    }

    @Override
    public void follow(Consumer<Map<String, ObjectNode>> reader) {
        register.follow(reader);
    }

    @Override
    public void close() {
        register.close();
    }
}
