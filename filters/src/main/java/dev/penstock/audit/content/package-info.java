/**
 * What was said in a call, kept so that it can be read by few and be forgotten at once.
 *
 * <p>It lies beside the records, encrypted with a key of its service's own; a record holds where, and the hash of the ciphertext. The
 * surprising thing: to erase a service's texts is to drop its key. No file is written anew, and every proof stays valid, since the
 * chain holds hashes only.
 */
@NullMarked
package dev.penstock.audit.content;

import org.jspecify.annotations.NullMarked;
