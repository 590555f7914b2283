package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.budget.Books.Ending;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Tests for {@link Books}. */
class BooksTests {

    private static final Account ACCOUNT = LedgerContract.account("a", 100);

    /** Redis remembers a confirmed end for minutes; told after that, it would be charged a second time. */
    @Test
    void whatWasConfirmedLongAgoIsNotToldAgainHoweverQuietItWas() {
        AtomicLong now = new AtomicLong();
        Books books = new Books(ignored -> {}, now::get);
        List<Claim> claims = LedgerContract.claims(ACCOUNT, 60);
        books.hold("x", claims);
        Ending end = books.end("x", claims).orElseThrow();
        books.confirm(end);
        assertThat(books.recent()).containsExactly(end);
        now.addAndGet(TimeUnit.SECONDS.toNanos(11));
        assertThat(books.recent()).isEmpty();
        assertThat(books.settled()).containsExactly("x");
        assertThat(books.settled()).containsExactly("x");
        books.forgotten(List.of("x"));
        assertThat(books.settled()).isEmpty();
    }

    @Test
    void whatIsLetGoWhileRedisIsToldOfLessIsStillToBeTold() {
        Books books = new Books(ignored -> {});
        List<Claim> cheap = LedgerContract.claims(ACCOUNT, 60);
        List<Claim> dear = LedgerContract.claims(ACCOUNT, 80);
        books.let("x", cheap);
        books.let("x", dear);
        books.told("x", cheap);
        assertThat(books.untold()).containsOnlyKeys("x").containsValue(dear);
        books.told("x", dear);
        assertThat(books.untold()).isEmpty();
    }

    /** What it was told came behind what it had held itself, and was less. */
    @Test
    void whatRedisHoldsAndWasThenToldOtherwiseIsToBeTold() {
        Books books = new Books(ignored -> {});
        List<Claim> cheap = LedgerContract.claims(ACCOUNT, 60);
        List<Claim> dear = LedgerContract.claims(ACCOUNT, 80);
        books.hold("x", cheap);
        books.hold("x", dear);
        books.told("x", cheap);
        assertThat(books.untold()).containsOnlyKeys("x").containsValue(dear);
        books.end("x", dear);
        books.told("x", cheap);
        assertThat(books.untold()).isEmpty();
    }
}
