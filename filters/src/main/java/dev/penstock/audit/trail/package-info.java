/**
 * What makes the record of every call provable: signed checkpoints, and where they go.
 *
 * <p>The surprising thing: a checkpoint beside the records proves little, since whoever can write one file can write the other.
 * Those that were taken away are the proof; the file here is for those who come to fetch them.
 */
@NullMarked
package dev.penstock.audit.trail;

import org.jspecify.annotations.NullMarked;
