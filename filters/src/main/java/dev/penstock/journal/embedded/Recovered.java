package dev.penstock.journal.embedded;

import dev.penstock.journal.segment.Chain;
import dev.penstock.journal.segment.Damage;
import dev.penstock.journal.segment.Place;
import dev.penstock.journal.tree.MerkleTree;
import java.util.List;

/**
 * What an earlier process left.
 *
 * @param tree over the records up to the last
 * @param last where the last record is; the start when there is none
 * @param end behind the last record
 * @param torn bytes behind it, of a batch that was never finished
 * @param fresh goes on in a new segment: there is none, or damage was accepted and is left as it is
 * @param replayed records that were told to the folds
 * @param checked where reading began: what is before has not been looked at
 * @param damage that was accepted
 */
record Recovered(
        Chain chain,
        MerkleTree tree,
        Place last,
        Place end,
        long torn,
        boolean fresh,
        long replayed,
        Place checked,
        List<Damage> damage) {}
