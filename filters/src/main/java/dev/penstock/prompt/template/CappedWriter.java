package dev.penstock.prompt.template;

import java.io.Writer;

/** Collects what a template writes and stops it at a limit: no deadline can stop a loop, its output can. */
final class CappedWriter extends Writer {

    private final String id;
    private final int limit;
    private final StringBuilder text = new StringBuilder();

    CappedWriter(String id, int limit) {
        this.id = id;
        this.limit = limit;
    }

    @Override
    public void write(char[] chars, int from, int length) {
        if (text.length() + length > limit) {
            throw new OutputTooLarge(id, limit);
        }
        text.append(chars, from, length);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return text.toString();
    }
}
