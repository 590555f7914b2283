package dev.penstock.surface.chat;

/** The arguments of one call on their way: none at all, blanks or {@code null} become {@code "{}"} (PROVIDERS 14, case 1). */
final class ChatArguments {

    private static final String NOTHING = "{}";

    private String held = "";
    private boolean written;

    /** The whole arguments of a call. */
    static String of(String arguments) {
        return saysNothing(arguments) ? NOTHING : arguments;
    }

    /** What of the arguments so far is to be written now, possibly {@code ""}. */
    String next(String fragment) {
        if (written) {
            return fragment;
        }
        String all = held + fragment;
        written = !"null".startsWith(all.strip());
        held = written ? "" : all;
        return written ? all : "";
    }

    /** What is still to be written when the call is over, possibly {@code ""}; asking again gives nothing. */
    String rest() {
        String rest = written ? "" : of(held);
        written = true;
        return rest;
    }

    private static boolean saysNothing(String arguments) {
        return arguments.isBlank() || arguments.strip().equals("null");
    }
}
