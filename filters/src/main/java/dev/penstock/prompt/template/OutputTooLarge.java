package dev.penstock.prompt.template;

/** The rendered text would be longer than a template may write: the data was too large. */
public final class OutputTooLarge extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OutputTooLarge(String id, int limit) {
        super("'" + id + "' rendered text too long (expected: at most " + limit + " characters)", null, false, false);
    }
}
