package dev.penstock.budget;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** Tests for {@link EmbeddedLedger}. */
class EmbeddedLedgerTests extends LedgerContract {

    @Override
    Ledger ledger() {
        return new EmbeddedLedger(Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC), charged -> {});
    }
}
