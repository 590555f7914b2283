package dev.penstock.audit;

import dev.penstock.journal.JournalEvents;
import dev.penstock.journal.JournalView;
import dev.penstock.journal.segment.Damage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells operators what happens to the journal. */
final class JournalLog implements JournalEvents {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.journal");

    @Override
    public void damaged(Damage damage) {
        LOG.error("the journal is damaged: {}", damage);
    }

    @Override
    public void changed(JournalView.State state, String reason) {
        if (state == JournalView.State.OK) {
            LOG.info("the journal takes records again");
        } else if (state != JournalView.State.CLOSED) {
            LOG.error("the journal is {}: {}", state, reason);
        }
    }

    @Override
    public void failed(String what, Throwable failure) {
        LOG.error("{} failed", what, failure);
    }
}
