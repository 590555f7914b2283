package dev.penstock.surface.chat;

import dev.penstock.core.FinishReason;

/** An answer that has tool calls ended for them, whatever its provider said, unless it was cut (PROVIDERS 13.3). */
final class ChatFinish {

    private ChatFinish() {}

    static FinishReason withCalls(FinishReason reason) {
        return reason == FinishReason.STOP ? FinishReason.TOOL_CALLS : reason;
    }
}
