package dev.penstock.store.register;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes the next revision of a document. */
final class Changes {

    private Changes() {}

    static ObjectNode of(@Nullable ObjectNode before, UnaryOperator<@Nullable ObjectNode> change) {
        ObjectNode after = change.apply(before == null ? null : before.deepCopy());
        return after.put(Register.REVISION, Copy.revision(before) + 1);
    }
}
