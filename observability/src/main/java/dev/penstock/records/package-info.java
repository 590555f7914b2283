/**
 * Reading the record of every call: search and single calls.
 *
 * <p>The segments are read where they are, beside their writer, and only what is durable is shown. The surprising thing: there
 * is no index; a page of results says where the next look begins, also when it found nothing within its budget of records.
 */
@NullMarked
package dev.penstock.records;

import org.jspecify.annotations.NullMarked;
