package dev.penstock.exchange;

import dev.penstock.core.TextKind;

/**
 * One text of a streamed answer, which comes in pieces or as a whole.
 *
 * @param choice which of the answers, from 0
 * @param member the name that the surface has for it, such as {@code content}
 * @param call the number of the tool call whose arguments it is; {@link #WHOLE} where {@code member} is a path; else 0
 */
public record Channel(int choice, TextKind kind, String member, int call) {

    public static final int WHOLE = -1;
}
