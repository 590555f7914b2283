package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Tests for {@link BudgetFold}. */
class BudgetFoldTests {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);
    private static final Account ACCOUNT = LedgerContract.account("service:demo:daily", 1000);

    private final BudgetFold fold = new BudgetFold(CLOCK::instant, false);

    @Test
    void whatWasChargedIsSpent() {
        fold.apply(1, record("intent", "a", 500, null, "charge"));
        fold.apply(2, record("intent", "a", 700, null, "charge"));
        fold.apply(3, record("outcome", "a", 700, 123L, "charge"));
        assertThat(spent(fold)).isEqualTo(123);
    }

    @Test
    void aCallThatNobodySawEndIsChargedAsItsLineSays() {
        fold.apply(1, record("intent", "a", 500, null, "charge"));
        fold.apply(2, record("intent", "b", 300, null, "release"));
        assertThat(spent(fold)).isEqualTo(500);
        fold.apply(3, record("outcome", "a", 500, null, "charge"));
        fold.apply(4, record("outcome", "b", 300, null, "release"));
        assertThat(spent(fold)).isEqualTo(500);
    }

    @Test
    void aSnapshotIsTheSameState() {
        fold.apply(1, record("outcome", "a", 700, 123L, "charge"));
        fold.apply(2, record("intent", "b", 50, null, "charge"));
        BudgetFold other = new BudgetFold(CLOCK::instant, false);
        other.restore(fold.snapshot());
        assertThat(spent(other)).isEqualTo(173);
        assertThat(other.snapshot()).isEqualTo(fold.snapshot());
    }

    /** One whose own clock is days ahead, and who comes back, has to know of today. */
    @Test
    void nothingIsForgottenBeforeTheLedgerElsewhereHasToldItsTime() {
        RedisClock there = new RedisClock(Clock.offset(CLOCK, Duration.ofDays(4)));
        BudgetFold shared = new BudgetFold(there::told, true);
        shared.confirmed("a");
        shared.apply(1, record("outcome", "a", 700, 123L, "charge"));
        ObjectNode before = shared.snapshot();
        assertThat(before.path("spent").propertyNames()).containsExactly(ACCOUNT.key());
        there.saw(CLOCK.instant());
        assertThat(shared.snapshot()).isEqualTo(before);
        there.saw(ACCOUNT.ends().plus(Duration.ofHours(48)).plusMillis(1));
        assertThat(shared.snapshot().path("spent").isEmpty()).isTrue();
    }

    @Test
    void whatTheLedgerElsewhereHasNotConfirmedIsOwed() {
        BudgetFold shared = new BudgetFold(CLOCK::instant, true);
        shared.apply(1, record("outcome", "known", 700, 100L, "charge"));
        shared.confirmed("known");
        shared.confirmed("early");
        shared.apply(2, record("outcome", "early", 700, 20L, "charge"));
        shared.apply(3, record("outcome", "unknown", 700, 3L, "charge"));
        shared.apply(4, record("intent", "running", 50, null, "charge"));
        BudgetFold again = new BudgetFold(CLOCK::instant, true);
        again.restore(shared.snapshot());
        Books books = new Books(again::confirmed);
        again.fill(books);
        assertThat(books.owed()).containsOnlyKeys("unknown", "running");
        assertThat(books.spent()).containsExactly(new Posting(ACCOUNT.key(), ACCOUNT.ends(), 173));
        books.paid("unknown");
        books.paid("running");
        again.apply(5, record("outcome", "running", 50, null, "charge"));
        Books third = new Books(ignored -> {});
        again.fill(third);
        assertThat(third.owed()).isEmpty();
        assertThat(third.spent()).isEqualTo(books.spent());
    }

    private static long spent(BudgetFold fold) {
        EmbeddedLedger ledger = new EmbeddedLedger(CLOCK, charged -> {});
        fold.fill(ledger);
        return ledger.standing(ACCOUNT).spent();
    }

    private static ObjectNode record(String type, String call, long held, Long charged, String lost) {
        ObjectNode record = Json.object().put("type", type).put("call", call);
        ObjectNode line = record.putObject("decisions")
                .putObject("Budget")
                .putArray("lines")
                .addObject();
        line.put("account", ACCOUNT.name())
                .put("window", ACCOUNT.window())
                .put("ends", ACCOUNT.ends().toString());
        line.put("held", held).put("lost", lost);
        if (charged != null) {
            line.put("charged", charged);
        }
        return record;
    }
}
