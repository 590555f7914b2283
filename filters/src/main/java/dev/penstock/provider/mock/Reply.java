package dev.penstock.provider.mock;

import java.util.List;

/**
 * One choice of an answer.
 *
 * @param pieces the text or refusal, token by token; empty for calls
 * @param finish OpenAI's finish reason
 */
record Reply(Kind kind, List<String> pieces, List<Call> calls, String finish) {

    enum Kind {
        CONTENT,
        REFUSAL,
        CALLS
    }

    /**
     * @param type {@code function} or {@code custom}
     * @param pieces the arguments, or a custom tool's input, token by token
     */
    record Call(String id, String type, String name, List<String> pieces) {

        String input() {
            return String.join("", pieces);
        }

        /** What the wire calls the input. */
        String inputName() {
            return type.equals("custom") ? "input" : "arguments";
        }
    }

    static Reply calling(List<Call> calls) {
        return new Reply(Kind.CALLS, List.of(), calls, "tool_calls");
    }

    static Reply saying(Kind kind, String text) {
        return new Reply(kind, Pieces.of(text), List.of(), "stop");
    }

    String text() {
        return String.join("", pieces);
    }

    long tokens() {
        return pieces.size()
                + calls.stream()
                        .mapToLong(call -> call.pieces().size() + Pieces.count(call.name()))
                        .sum();
    }

    /** At most {@code most} tokens; a reply that had more ends with {@code length}. */
    Reply capped(int most) {
        if (tokens() <= most) {
            return this;
        }
        List<Call> cut = calls.stream().limit(1).map(call -> cut(call, most)).toList();
        return new Reply(kind, pieces.subList(0, Math.min(most, pieces.size())), cut, "length");
    }

    /** Up to the first of {@code stops}. */
    Reply stoppedAt(List<String> stops) {
        String text = text();
        int end = stops.stream()
                .mapToInt(text::indexOf)
                .filter(at -> at >= 0)
                .min()
                .orElse(-1);
        return end < 0 ? this : new Reply(kind, Pieces.of(text.substring(0, end)), calls, finish);
    }

    private static Call cut(Call call, int most) {
        int left = (int) Math.max(0, Math.min(call.pieces().size(), most - Pieces.count(call.name())));
        return new Call(call.id(), call.type(), call.name(), call.pieces().subList(0, left));
    }
}
