package dev.penstock.provider.openai;

import dev.penstock.core.Delta;
import dev.penstock.provider.DecodeException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The tool calls of one choice. Fragments belong together by index, else by id, else to the last call (PROVIDERS 2.4); a call
 * begins when its name is known.
 */
final class CallStream {

    private final int choice;
    private final CallIds ids = new CallIds();
    private final List<Open> calls = new ArrayList<>();

    CallStream(int choice) {
        this.choice = choice;
    }

    /** A call that has begun to arrive. */
    private static final class Open {
        private final Call first;
        private final int number;
        private final StringBuilder held = new StringBuilder();
        private String id;
        private boolean started;

        Open(Call first, int number) {
            this.first = first;
            this.number = number;
            this.id = first.id();
        }
    }

    /** {@code root} is the chunk that the fragment stands in. */
    void read(Call fragment, JsonNode root, Consumer<Delta> deltas) {
        Open call = find(fragment);
        if (call == null) {
            call = new Open(fragment, calls.size());
            calls.add(call);
        }
        call.id = call.id.isEmpty() ? fragment.id() : call.id;
        if (!call.started && !fragment.name().isEmpty()) {
            call.started = true;
            deltas.accept(new Delta.ToolStart(
                    choice, call.number, ids.unique(call.id, fragment.name(), root), fragment.name()));
        }
        call.held.append(fragment.arguments());
        release(call, deltas);
    }

    /** @throws DecodeException when a call never got a name */
    void end() {
        if (calls.stream().anyMatch(call -> !call.started)) {
            throw new DecodeException("a tool call without name");
        }
    }

    private void release(Open call, Consumer<Delta> deltas) {
        if (call.started && !call.held.isEmpty()) {
            deltas.accept(new Delta.ToolArguments(choice, call.number, call.held.toString()));
            call.held.setLength(0);
        }
    }

    private @Nullable Open find(Call fragment) {
        for (int i = calls.size() - 1; i >= 0; i--) {
            if (belongs(fragment, calls.get(i))) {
                return calls.get(i);
            }
        }
        return null;
    }

    private boolean belongs(Call fragment, Open call) {
        if (fragment.index() >= 0) {
            return fragment.index() == call.first.index() && !anotherCall(fragment, call);
        }
        if (!fragment.id().isEmpty()) {
            return fragment.id().equals(call.id);
        }
        return fragment.name().isEmpty() && call.number == calls.size() - 1;
    }

    /** Services that send whole calls may give all of them index 0; the ids tell them apart. */
    private static boolean anotherCall(Call fragment, Open call) {
        return call.started
                && !fragment.name().isEmpty()
                && !fragment.id().isEmpty()
                && !fragment.id().equals(call.id);
    }
}
