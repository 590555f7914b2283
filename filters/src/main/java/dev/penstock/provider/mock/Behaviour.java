package dev.penstock.provider.mock;

import java.util.Locale;

/** What a model name makes the mock do; every other name answers normally. */
enum Behaviour {
    NORMAL,
    SLOW,
    ERROR_400,
    ERROR_401,
    ERROR_500,
    ERROR_503,
    RATE_LIMITED,
    CUT_STREAM,
    STALL,
    GARBAGE,
    NO_USAGE,
    REFUSAL,
    LENGTH,
    TOOL_CALL;

    /** Any name that is not one of these is normal. */
    static Behaviour of(String model) {
        for (Behaviour behaviour : values()) {
            if (behaviour.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(model)) {
                return behaviour;
            }
        }
        return NORMAL;
    }
}
