/**
 * Reading the record of every call: search, single calls, and cases that prove themselves.
 *
 * <p>The segments are read where they are, beside their writer, and only what is durable is shown. The surprising thing: a page of
 * results says where the next look begins, also when it found nothing within its budget of records.
 */
@NullMarked
package dev.penstock.records;

import org.jspecify.annotations.NullMarked;
