package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.budget.Decision.Held;
import dev.penstock.store.RealCluster;
import dev.penstock.store.RedisConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests for {@link RedisLedger} on a cluster of three masters. */
class ClusterLedgerTests extends LedgerContract {

    private static RealCluster cluster;
    private static RedisConnection connection;

    @BeforeAll
    static void start() {
        cluster = RealCluster.start();
        connection = cluster.connection();
    }

    @AfterAll
    static void stop() {
        connection.close();
        cluster.close();
    }

    private RedisMember member(String name) {
        return RedisMember.of(connection, name, () -> now).beat();
    }

    @Override
    Ledger ledger() {
        cluster.flush();
        return member("contract").ledger;
    }

    @Override
    int runs() {
        return 2;
    }

    @Test
    void aCallWhoseInstanceDiedIsGivenUpThereToo() {
        cluster.flush();
        RedisMember one = member("one");
        RedisMember two = member("two");
        Account account = account("a", 100);
        assertThat(one.hold("x", account, 60, account("b", 100), 60)).isEqualTo(new Held());
        now = now.plusSeconds(61);
        two.sweep();
        assertThat(two.standing(account)).isEqualTo(new Ledger.Standing(60, 0));
        one.settle("x", account, 5);
        assertThat(two.standing(account)).isEqualTo(new Ledger.Standing(5, 0));
    }
}
