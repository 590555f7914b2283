package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.budget.Decision.Denied;
import dev.penstock.budget.Decision.Held;
import dev.penstock.testing.Full;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** What every ledger must do, whatever keeps it. */
abstract class LedgerContract {

    private static final int RUNS = Integer.getInteger("penstock.full.ledgers", 200);
    private static final int STEPS = 200;
    private static final BudgetConfig CONFIG = new BudgetConfig(
            Money.parse("1"),
            Money.NONE,
            ZoneOffset.UTC,
            List.of(),
            BudgetConfig.OnInsufficient.REJECT,
            BudgetConfig.Lost.CHARGE_RESERVED,
            16);

    /** By the clock that counts. */
    Instant now = Instant.parse("2026-11-25T12:00:00Z");

    /** A new one, in which nothing is spent. */
    abstract Ledger ledger();

    /** How many sequences of steps are drawn. */
    int runs() {
        return RUNS;
    }

    static Ledger.Standing standing(Ledger ledger, Account account) {
        return ledger.standings(List.of(account)).toFuture().join().get(0);
    }

    static Account account(String name, long limit) {
        return new Account(name, "2026-11-25 UTC", Instant.parse("2026-11-26T00:00:00Z"), limit, CONFIG);
    }

    @Test
    void allIsHeldOrNothing() {
        Ledger ledger = ledger();
        Account wide = account("wide", 100);
        Account narrow = account("narrow", 10);
        assertThat(hold(ledger, "a", wide, 50, narrow, 11)).isInstanceOf(Denied.class);
        assertThat(standing(ledger, wide).held()).isZero();
        assertThat(hold(ledger, "a", wide, 50, narrow, 10)).isEqualTo(new Held());
        assertThat(hold(ledger, "a", wide, 50, narrow, 10)).isEqualTo(new Held());
        assertThat(standing(ledger, wide).held()).isEqualTo(50);
    }

    @Test
    void whatOthersHoldIsTold() {
        Ledger ledger = ledger();
        Account account = account("a", 100);
        hold(ledger, "one", account, 60);
        Denied held = (Denied) hold(ledger, "two", account, 60);
        assertThat(held.exhausted()).isFalse();
        assertThat(held.left()).isEqualTo(40);
        settle(ledger, "one", account, 60);
        Denied spent = (Denied) hold(ledger, "two", account, 60);
        assertThat(spent.exhausted()).isTrue();
    }

    @Test
    void whatIsSpentOutweighsWhatIsHeld() {
        Ledger ledger = ledger();
        Account busy = account("busy", 100);
        Account spent = account("spent", 100);
        hold(ledger, "one", busy, 60);
        hold(ledger, "two", spent, 90);
        settle(ledger, "two", spent, 90);
        Denied denied = (Denied) hold(ledger, "three", busy, 60, spent, 60);
        assertThat(denied.account()).isEqualTo(spent);
        assertThat(denied.exhausted()).isTrue();
    }

    /** A call that goes on at another provider still names the one that had no money for it. */
    @Test
    void anOverspentAccountDeniesOnlyWhoAsksForMoreOfIt() {
        Ledger ledger = ledger();
        Account before = account("first", 100);
        Account lowered = account("first", 50);
        Account other = account("other", 100);
        hold(ledger, "spent", before, 60);
        settle(ledger, "spent", before, 60);
        hold(ledger, "held", before, 40);
        assertThat(hold(ledger, "new", lowered, 10)).isInstanceOf(Denied.class);
        assertThat(hold(ledger, "new", lowered, 0, other, 10)).isEqualTo(new Held());
        assertThat(hold(ledger, "held", lowered, 41, other, 10)).isInstanceOf(Denied.class);
        assertThat(hold(ledger, "held", lowered, 40, other, 10)).isEqualTo(new Held());
        assertThat(hold(ledger, "held", lowered, 15, other, 20)).isEqualTo(new Held());
        assertThat(standing(ledger, lowered)).isEqualTo(new Ledger.Standing(60, 15));
        assertThat(standing(ledger, other)).isEqualTo(new Ledger.Standing(0, 30));
    }

    @Test
    void aCallBelongsToTheDayItBeganOn() {
        Ledger ledger = ledger();
        Account today = account("a", 100);
        Account tomorrow = new Account("a", "2026-11-26 UTC", Instant.parse("2026-11-27T00:00:00Z"), 100, CONFIG);
        hold(ledger, "late", today, 90);
        now = today.ends();
        assertThat(hold(ledger, "late", today, 100)).isEqualTo(new Held());
        assertThat(hold(ledger, "early", tomorrow, 100)).isEqualTo(new Held());
        settle(ledger, "late", today, 70);
        assertThat(standing(ledger, today)).isEqualTo(new Ledger.Standing(70, 0));
        assertThat(standing(ledger, tomorrow)).isEqualTo(new Ledger.Standing(0, 100));
    }

    @Test
    void anIdIsSettledOnce() {
        Ledger ledger = ledger();
        Account account = account("a", 100);
        hold(ledger, "one", account, 60);
        settle(ledger, "one", account, 25);
        settle(ledger, "one", account, 25);
        settle(ledger, "never", account, 25);
        assertThat(standing(ledger, account)).isEqualTo(new Ledger.Standing(25, 0));
    }

    @Test
    void manyAtOnceHoldNoMoreThanThereIs() {
        Ledger ledger = ledger();
        Account account = account("a", 100);
        List<Decision> decisions = Flux.range(0, 200)
                .flatMap(i -> ledger.hold("id" + i, List.of(new Claim(account, 3))), 200)
                .collectList()
                .toFuture()
                .join();
        assertThat(decisions).filteredOn(Held.class::isInstance).hasSize(33);
        assertThat(standing(ledger, account)).isEqualTo(new Ledger.Standing(0, 99));
    }

    @Test
    void amountsAreExactUpToTheLargestLimit() {
        Ledger ledger = ledger();
        long most = 9_000_000_000_000_000L;
        Account account = account("large", most);
        hold(ledger, "one", account, most - 1);
        settle(ledger, "one", account, most - 1);
        assertThat(hold(ledger, "two", account, 2)).isInstanceOf(Denied.class);
        assertThat(hold(ledger, "two", account, 1)).isEqualTo(new Held());
        assertThat(standing(ledger, account)).isEqualTo(new Ledger.Standing(most - 1, 1));
        settle(ledger, "two", account, most);
        assertThat(standing(ledger, account)).isEqualTo(new Ledger.Standing(2 * most - 1, 0));
        assertThat(((Denied) hold(ledger, "three", account, 1)).spent()).isEqualTo(2 * most - 1);
    }

    @Test
    @Full(line = "4.1", count = "penstock.full.ledgers")
    void aModelOfSumsAgreesWithItAfterEveryStep() {
        long seed = System.nanoTime();
        System.out.println(getClass().getSimpleName() + ": steps are drawn by seed " + seed);
        for (int run = 0; run < runs(); run++) {
            new Model(new Random(seed + run), ledger()).run();
        }
    }

    private static Decision hold(Ledger ledger, String id, Object... claims) {
        return ledger.hold(id, claims(claims)).toFuture().join();
    }

    private static void settle(Ledger ledger, String id, Object... charges) {
        ledger.settle(id, claims(charges)).toFuture().join();
    }

    static List<Claim> claims(Object... pairs) {
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            claims.add(new Claim((Account) pairs[i], ((Number) pairs[i + 1]).longValue()));
        }
        return claims;
    }

    /** Plain sums, and a ledger that has to agree with them. */
    private static final class Model {

        private final Random random;
        private final Ledger ledger;
        private final List<Account> accounts = List.of(account("x", 100), account("y", 250), account("z", 1000));
        private final Map<String, Map<Account, Long>> held = new HashMap<>();
        private final Map<Account, Long> spent = new HashMap<>();
        private int ids;

        private Model(Random random, Ledger ledger) {
            this.random = random;
            this.ledger = ledger;
        }

        private void run() {
            for (int step = 0; step < STEPS; step++) {
                List<String> open = List.copyOf(held.keySet());
                boolean again = !open.isEmpty() && random.nextBoolean();
                String id = again ? open.get(random.nextInt(open.size())) : "id" + ids++;
                if (again && random.nextBoolean()) {
                    settle(id);
                } else {
                    hold(id);
                }
                check();
            }
        }

        private void hold(String id) {
            List<Claim> claims = accounts.stream()
                    .filter(account -> random.nextInt(3) > 0)
                    .map(account -> new Claim(account, random.nextInt(60)))
                    .toList();
            boolean fits = claims.stream().allMatch(claim -> {
                long others =
                        sum(claim.account()) - held.getOrDefault(id, Map.of()).getOrDefault(claim.account(), 0L);
                return spent.getOrDefault(claim.account(), 0L) + others + claim.amount()
                        <= claim.account().limit();
            });
            Decision decision = ledger.hold(id, claims).toFuture().join();
            assertThat(decision instanceof Held).isEqualTo(fits);
            if (fits) {
                Map<Account, Long> now = new HashMap<>();
                claims.forEach(claim -> now.put(claim.account(), claim.amount()));
                held.put(id, now);
            }
        }

        private void settle(String id) {
            List<Claim> charges = new ArrayList<>();
            held.remove(id).forEach((account, amount) -> {
                long charge = amount == 0 ? 0 : random.nextLong(amount + 1);
                charges.add(new Claim(account, charge));
                spent.merge(account, charge, Long::sum);
            });
            ledger.settle(id, charges).toFuture().join();
        }

        private long sum(Account account) {
            return held.values().stream()
                    .mapToLong(amounts -> amounts.getOrDefault(account, 0L))
                    .sum();
        }

        private void check() {
            List<Ledger.Standing> standings =
                    ledger.standings(accounts).toFuture().join();
            for (Account account : accounts) {
                Ledger.Standing standing = standings.get(accounts.indexOf(account));
                assertThat(standing).isEqualTo(new Ledger.Standing(spent.getOrDefault(account, 0L), sum(account)));
                assertThat(standing.spent() + standing.held()).isLessThanOrEqualTo(account.limit());
            }
        }
    }
}
