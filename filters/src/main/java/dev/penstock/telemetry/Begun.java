package dev.penstock.telemetry;

import dev.penstock.exchange.Answer;

/** What of the answer there was before the end. */
enum Begun {
    NOTHING,
    WHOLE,
    STREAM;

    static Begun by(Answer answer) {
        return answer instanceof Answer.Streamed ? STREAM : WHOLE;
    }
}
