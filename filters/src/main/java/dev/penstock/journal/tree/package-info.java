/**
 * The Merkle tree over all records of a journal, hashed as RFC 6962 has it.
 *
 * <p>A chain shows that nothing inside it was changed; only a head that somebody else has kept shows that it is still the same
 * chain. The surprising thing: a leaf is the record's own hash, the one that chains it, and no second pass over its bytes; and a
 * tree is held as the roots of its perfect subtrees, some twenty hashes for a million records, to which the next is added.
 */
@NullMarked
package dev.penstock.journal.tree;

import org.jspecify.annotations.NullMarked;
