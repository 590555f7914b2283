package dev.penstock.surface.chat;

import dev.penstock.core.TextKind;
import dev.penstock.core.TextVisitor;
import tools.jackson.databind.node.ObjectNode;

/** Whether texts of one choice were changed: log probabilities repeat them, and go where they were. */
final class Changes {

    private boolean any;

    TextVisitor seen(TextVisitor visitor) {
        return new TextVisitor() {
            @Override
            public String text(TextKind kind, String at, String text) {
                return told(text, visitor.text(kind, at, text));
            }

            @Override
            public void other(String at, String what) {
                visitor.other(at, what);
            }

            @Override
            public void unreadable(String at) {
                visitor.unreadable(at);
            }
        };
    }

    String told(String before, String after) {
        any |= before != after;
        return after;
    }

    void hide(ObjectNode choice) {
        if (any && choice.hasNonNull("logprobs")) {
            choice.putNull("logprobs");
        }
    }
}
