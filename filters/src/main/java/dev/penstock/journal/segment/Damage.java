package dev.penstock.journal.segment;

/**
 * A place where a journal is not as it was written.
 *
 * @param segment the file's name
 * @param offset of the frame
 * @param seq that was expected there
 * @param what was found, and what was expected
 */
public record Damage(String segment, long offset, long seq, String what) {}
