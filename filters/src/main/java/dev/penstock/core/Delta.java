package dev.penstock.core;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One event of a streamed answer in no provider's words. {@code choice} counts from 0; tool calls of a choice are numbered
 * from 0 in order of appearance, whatever their provider numbers.
 */
public sealed interface Delta {

    /** Whether it is text, reasoning or a tool call: from the first of these on the answer is the caller's. */
    default boolean semantic() {
        return true;
    }

    /** Characters of text, reasoning or arguments in it. */
    default int said() {
        return 0;
    }

    /** The provider accepted; id and model may be empty. */
    record Begin(String id, String model) implements Delta {
        @Override
        public boolean semantic() {
            return false;
        }
    }

    record Text(int choice, String text) implements Delta {
        @Override
        public int said() {
            return text.length();
        }
    }

    record Refusal(int choice, String text) implements Delta {
        @Override
        public int said() {
            return text.length();
        }
    }

    record Reasoning(int choice, String text) implements Delta {
        @Override
        public int said() {
            return text.length();
        }
    }

    /** The signature of the reasoning before it, or reasoning that its provider encrypted. */
    record Signature(
            int choice,
            @Nullable String signature,
            @Nullable String redacted) implements Delta {}

    record ToolStart(int choice, int call, String id, String name) implements Delta {}

    /** A fragment of a call's JSON arguments. */
    record ToolArguments(int choice, int call, String fragment) implements Delta {
        @Override
        public int said() {
            return fragment.length();
        }
    }

    /** Log probabilities in OpenAI's form. */
    record Logprobs(int choice, JsonNode node) implements Delta {}

    /** A choice ended. */
    record Finish(int choice, FinishReason reason, @Nullable String stopSequence) implements Delta {
        @Override
        public boolean semantic() {
            return false;
        }
    }

    /** The usage so far; a later one replaces an earlier one. */
    record Tokens(Usage usage) implements Delta {
        @Override
        public boolean semantic() {
            return false;
        }
    }
}
