package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.budget.Decision.Held;
import dev.penstock.store.RealRedis;
import dev.penstock.store.RedisConnection;
import dev.penstock.testing.Full;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Three instances on one Redis, with steps that are drawn: hold, extend, settle, answers that are lost, a beat, time that passes, an instance that dies and
 * comes back with what its records say, and a Redis that loses its data. A model of plain sums has to agree.
 */
class FleetModelTests {

    private static final int RUNS = Integer.getInteger("penstock.full.fleets", 250);
    private static final int STEPS = 30;
    private static final List<Account> ACCOUNTS = List.of(
            LedgerContract.account("x", 100), LedgerContract.account("y", 250), LedgerContract.account("z", 1000));

    @Test
    @Full(line = "6.2", count = "penstock.full.fleets")
    void noBudgetIsOverspentAndEveryCallIsChargedOnce() {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println(getClass().getSimpleName() + ": steps are drawn by seed " + seed);
        RealRedis redis = RealRedis.shared();
        try (RedisConnection connection = redis.connection()) {
            for (int run = 0; run < RUNS; run++) {
                Fleet fleet = new Fleet(connection, new Random(seed + run));
                try {
                    fleet.run();
                } catch (AssertionError wrong) {
                    throw new AssertionError("run " + run + " of seed " + seed + ": " + fleet.log, wrong);
                }
            }
        }
    }

    private static final class Call {
        private final String id;
        private final int member;
        private Map<Account, Long> amounts;

        private Call(String id, int member, Map<Account, Long> amounts) {
            this.id = id;
            this.member = member;
            this.amounts = amounts;
        }
    }

    private static final class Fleet {

        private static final int SIZE = 3;

        private final RedisConnection connection;
        private final Random random;
        private final List<RedisMember> members = new ArrayList<>();
        private final List<String> log = new ArrayList<>();
        private final Map<String, Call> open = new HashMap<>();
        private final List<Map<String, Long>> records = new ArrayList<>();
        private final Map<Account, Long> spent = new HashMap<>();
        private final Map<Account, Long> let = new HashMap<>();
        private Instant now = Instant.parse("2026-11-25T00:00:00Z");
        private int ids;

        private Fleet(RedisConnection connection, Random random) {
            this.connection = connection;
            this.random = random;
            connection
                    .commands()
                    .thenCompose(it -> it.flushall())
                    .toCompletableFuture()
                    .join();
            for (int i = 0; i < SIZE; i++) {
                members.add(RedisMember.of(connection, "i" + i, () -> now));
                records.add(new HashMap<>());
            }
            beats();
            beats();
        }

        private void run() {
            for (int step = 0; step < STEPS; step++) {
                int member = random.nextInt(SIZE);
                switch (random.nextInt(20)) {
                    case 0 -> lose();
                    case 1 -> die(member);
                    case 2, 3 -> pass();
                    case 4, 5 -> {
                        log.add("beat " + member);
                        members.get(member).beat();
                    }
                    case 6, 7, 8, 9, 10 -> settle();
                    case 11 -> letGo(member);
                    default -> hold(member);
                }
                check(false);
            }
            finish();
        }

        private void hold(int member) {
            List<Call> own =
                    open.values().stream().filter(it -> it.member == member).toList();
            boolean again = !own.isEmpty() && random.nextInt(3) == 0;
            String id = again ? own.get(random.nextInt(own.size())).id : "id" + ids++;
            Map<Account, Long> amounts = draw();
            if (random.nextInt(8) == 0) {
                // a call is never charged more than its last hold: an extension that nobody heard of does not lower it
                Call before = open.get(id);
                if (before != null) {
                    before.amounts.forEach((account, amount) -> amounts.merge(account, amount, Math::max));
                }
                holdUnheard(members.get(member), id, LedgerContract.claims(pairs(amounts)));
                return;
            }
            Decision decision = members.get(member).hold(id, pairs(amounts));
            log.add("hold " + id + " by " + member + " " + decision.getClass().getSimpleName());
            if (decision instanceof Held) {
                open.put(id, new Call(id, member, amounts));
            }
        }

        /** Redis may do it, and its answer is lost. */
        private void holdUnheard(RedisMember member, String id, List<Claim> claims) {
            log.add("hold unheard " + id);
            List<Claim> all = member.books.over(id, claims);
            member.money
                    .hold(member.shared.epoch().id(), id, all, RedisMember.PACE.lease(), false)
                    .join();
            member.books.doubt(id, all);
        }

        private void settleUnheard(RedisMember member, String id, List<Claim> charges) {
            log.add("settle unheard " + id);
            Books.Ending end = member.books.end(id, charges).orElseThrow();
            member.money.settle(member.shared.epoch().id(), id, end.lines()).join();
        }

        private void letGo(int member) {
            Map<Account, Long> few = new HashMap<>();
            ACCOUNTS.forEach(account -> few.put(account, 3L));
            ACCOUNTS.forEach(account -> let.merge(account, 3L, Long::sum));
            String id = "id" + ids++;
            log.add("let " + id + " by " + member);
            members.get(member).ledger.let(id, LedgerContract.claims(pairs(few)));
            open.put(id, new Call(id, member, few));
        }

        private void settle() {
            if (!open.isEmpty()) {
                List<String> all = open.keySet().stream().sorted().toList();
                settle(open.remove(all.get(random.nextInt(all.size()))));
            }
        }

        private void settle(Call call) {
            Map<Account, Long> charges = new HashMap<>();
            call.amounts.forEach(
                    (account, amount) -> charges.put(account, amount == 0 ? 0 : random.nextLong(amount + 1)));
            log.add("settle " + call.id + " by " + call.member);
            if (random.nextInt(4) == 0) {
                settleUnheard(members.get(call.member), call.id, LedgerContract.claims(pairs(charges)));
            } else {
                members.get(call.member).settle(call.id, pairs(charges));
            }
            charged(call.member, charges);
        }

        private void charged(int member, Map<Account, Long> charges) {
            charges.forEach((account, amount) -> {
                spent.merge(account, amount, Long::sum);
                records.get(member).merge(account.key(), amount, Long::sum);
            });
        }

        /** The instance comes back with its records: what ran is charged as it was held. */
        private void die(int member) {
            log.add("die " + member);
            Books books = new Books(ignored -> {});
            List<Call> running =
                    open.values().stream().filter(it -> it.member == member).toList();
            running.forEach(call -> {
                open.remove(call.id);
                charged(member, call.amounts);
                books.owe(call.id, postings(call.amounts));
            });
            members.get(member).books.endings().forEach(end -> books.owe(end.id(), end.lines()));
            Map<Account, Long> sums = new HashMap<>();
            ACCOUNTS.forEach(it -> sums.put(it, records.get(member).getOrDefault(it.key(), 0L)));
            books.begin(postings(sums));
            RedisMember again = new RedisMember(connection, "i" + member, () -> now, books, RedisMember.PACE);
            members.set(member, again);
            again.beat();
        }

        private void lose() {
            log.add("lose");
            connection
                    .commands()
                    .thenCompose(it -> it.flushall())
                    .toCompletableFuture()
                    .join();
            List<Integer> order = new ArrayList<>(List.of(0, 1, 2));
            Collections.shuffle(order, random);
            for (int member : order) {
                hold(random.nextInt(SIZE));
                settle();
                log.add("beat " + member);
                members.get(member).beat();
            }
        }

        /** More than a lease at times, with beats of some only, which give up what the others hold. */
        private void pass() {
            now = now.plusSeconds(random.nextInt(70));
            int member = random.nextInt(2 * SIZE);
            log.add("pass to " + now + ", sweep " + member);
            if (member < SIZE) {
                members.get(member).sweep();
            }
        }

        private void beats() {
            members.forEach(RedisMember::beat);
        }

        private void finish() {
            List.copyOf(open.values()).forEach(this::settle);
            open.clear();
            beats();
            beats();
            check(true);
        }

        private void check(boolean quiet) {
            List<Ledger.Standing> standings =
                    members.get(0).ledger.standings(ACCOUNTS).toFuture().join();
            for (int i = 0; i < ACCOUNTS.size(); i++) {
                Account account = ACCOUNTS.get(i);
                Ledger.Standing standing = standings.get(i);
                assertThat(standing.spent() + standing.held())
                        .isLessThanOrEqualTo(account.limit() + let.getOrDefault(account, 0L));
                assertThat(standing.held()).isNotNegative();
                if (quiet) {
                    assertThat(standing)
                            .as(account.name())
                            .isEqualTo(new Ledger.Standing(spent.getOrDefault(account, 0L), 0));
                }
            }
        }

        private Map<Account, Long> draw() {
            Map<Account, Long> amounts = new HashMap<>();
            ACCOUNTS.stream()
                    .filter(account -> random.nextInt(3) > 0)
                    .forEach(account -> amounts.put(account, (long) random.nextInt(60)));
            return amounts;
        }

        private static List<Posting> postings(Map<Account, Long> amounts) {
            return amounts.entrySet().stream()
                    .map(it -> new Posting(it.getKey().key(), it.getKey().ends(), it.getValue()))
                    .toList();
        }

        private static Object[] pairs(Map<Account, Long> amounts) {
            List<Object> pairs = new ArrayList<>();
            ACCOUNTS.stream().filter(amounts::containsKey).forEach(account -> {
                pairs.add(account);
                pairs.add(amounts.get(account));
            });
            return pairs.toArray();
        }
    }
}
