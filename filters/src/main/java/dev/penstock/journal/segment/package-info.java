/**
 * The journal's files: frames in segments, read and verified without a writer.
 *
 * <p>A segment is a file of zeros that fills up with frames: length, CRC32C, payload. It is named by its first record's number.
 * The surprising thing: a segment ends where the next one begins. After a failed force nobody knows what is on the disk, so the
 * writer goes on in a new segment from the last record known to be durable; what lies behind that in the old one is not part of
 * the journal. A frame that begins a batch is marked as such, since that tells a torn last batch (power went, the disk wrote
 * pages in its own order) from damage: a batch is only begun when the one before is durable.
 */
@NullMarked
package dev.penstock.journal.segment;

import org.jspecify.annotations.NullMarked;
