/**
 * What finds records fast: for each segment the few things that records are looked for by, in columns.
 *
 * <p>The surprising thing: nothing is sorted. A column of a million records is read from the page cache and looked through in some
 * milliseconds, so an index is written once, in one pass, and never merged. It holds hashes of words, and says where a record may
 * be; what is shown is the record itself, looked at again. All of it may be deleted: it is made again from the segments.
 */
@NullMarked
package dev.penstock.records.index;

import org.jspecify.annotations.NullMarked;
