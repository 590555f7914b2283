package dev.penstock.prompt.template;

/** A file of {@code prompts/} that cannot be used. Holds the place and the problem, never a caller's text. */
public final class PromptException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** {@code where} is a path, with a line behind a colon where one is known. */
    public PromptException(String where, String problem) {
        super(where + ": " + problem, null, false, false);
    }

    public static PromptException at(String file, int line, String problem) {
        return new PromptException(file + ":" + line, problem);
    }
}
