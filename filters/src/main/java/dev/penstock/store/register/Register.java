package dev.penstock.store.register;

import dev.penstock.core.Json;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Small documents by id, durable and the same at all instances. Thread-safe; nothing here waits. */
public interface Register extends AutoCloseable {

    /** The member that grows by one with each change of a document. */
    String REVISION = "rev";

    /** Of two versions of a document the one of the higher revision; of two of the same revision always the same one. */
    BinaryOperator<ObjectNode> HIGHER = BinaryOperator.maxBy(
            Comparator.<ObjectNode>comparingLong(Copy::revision).thenComparing(Json.LENIENT_DEPTH::text));

    /** As they are known here; not to be changed. */
    Map<String, ObjectNode> all();

    /** Whether they were read since the start; before that {@link #all} is what was known here at the stop before it, if anything. */
    boolean isKnown();

    /**
     * Changes one document. The future holds it once it is durable; it fails with what {@code change} threw, and then nothing was
     * changed, or because the store does not answer, and then it may have been.
     *
     * @param change is given a copy, or null where there is none, and says what is to be kept; may be asked more than once
     */
    CompletableFuture<ObjectNode> change(String id, UnaryOperator<@Nullable ObjectNode> change);

    /** Keeps each of these whose own {@code rev} is above that of the one which is there. */
    CompletableFuture<Void> merge(Map<String, ObjectNode> documents);

    /** Completes when all that others had changed before is known here. Fails when the store does not answer. */
    CompletableFuture<Void> refresh();

    /** Tells {@code reader} of {@link #all} now and after each change, on any thread; it must be quick. */
    void follow(Consumer<Map<String, ObjectNode>> reader);

    @Override
    void close();
}
