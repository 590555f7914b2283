package dev.penstock.journal.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.journal.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class InboxTests {

    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final Pending awaited = Pending.of(Entry.plain(Rig.record(1)));
    private final Pending unawaited = Pending.of(Entry.plain(Rig.record(2)).unawaited());

    @Test
    void whatNobodyWaitsForGoesTogetherWithWhatSomebodyDoes() throws Exception {
        Inbox inbox = new Inbox(1 << 20, NEVER, NEVER);
        inbox.offer(unawaited);
        AtomicReference<Thread> writer = new AtomicReference<>();
        CompletableFuture<List<Pending>> batch = CompletableFuture.supplyAsync(() -> {
            writer.set(Thread.currentThread());
            return taken(inbox);
        });
        Rig.until(() -> writer.get() != null && writer.get().getState() == Thread.State.TIMED_WAITING);
        inbox.offer(awaited);
        assertThat(batch.get(20, TimeUnit.SECONDS)).containsExactly(unawaited, awaited);
    }

    @Test
    void whatNobodyWaitsForGoesAfterAWhile() {
        Inbox inbox = new Inbox(1 << 20, NEVER, SHORT);
        inbox.offer(unawaited);
        assertThat(taken(inbox)).containsExactly(unawaited);
    }

    @Test
    void whatSomebodyWaitsForGoesAtOnce() throws Exception {
        Inbox inbox = new Inbox(1 << 20, NEVER, NEVER);
        inbox.offer(awaited);
        CompletableFuture<List<Pending>> batch = CompletableFuture.supplyAsync(() -> taken(inbox));
        assertThat(batch.get(20, TimeUnit.SECONDS)).containsExactly(awaited);
    }

    @Test
    void anIdleWriterIsWokenByWhatNobodyWaitsForToo() throws Exception {
        Inbox inbox = new Inbox(1 << 20, NEVER, SHORT);
        AtomicReference<Thread> writer = new AtomicReference<>();
        CompletableFuture<List<Pending>> batch = CompletableFuture.supplyAsync(() -> {
            writer.set(Thread.currentThread());
            List<Pending> taken = taken(inbox);
            while (taken.isEmpty()) {
                inbox.await(NEVER.toNanos());
                taken = taken(inbox);
            }
            return taken;
        });
        Rig.until(() -> writer.get() != null && writer.get().getState() == Thread.State.TIMED_WAITING);
        inbox.offer(unawaited);
        assertThat(batch.get(20, TimeUnit.SECONDS)).containsExactly(unawaited);
    }

    @Test
    void muchIsWrittenWithoutWaitingForMore() throws Exception {
        Inbox inbox = new Inbox(1 << 20, NEVER, NEVER);
        Pending large = Pending.of(
                Entry.plain(Rig.record(3).put("text", "x".repeat(100_000))).unawaited());
        inbox.offer(large);
        CompletableFuture<List<Pending>> batch = CompletableFuture.supplyAsync(() -> taken(inbox));
        assertThat(batch.get(20, TimeUnit.SECONDS)).containsExactly(large);
    }

    @Test
    void whatAFullBatchLeftDoesNotWaitForCompany() throws Exception {
        Inbox inbox = new Inbox(1 << 20, NEVER, NEVER);
        inbox.offer(unawaited);
        inbox.offer(awaited);
        inbox.gather();
        assertThat(inbox.poll()).isSameAs(unawaited);
        CompletableFuture<List<Pending>> batch = CompletableFuture.supplyAsync(() -> taken(inbox));
        assertThat(batch.get(20, TimeUnit.SECONDS)).containsExactly(awaited);
    }

    @Test
    void whatABellCallsForGoesTogether() throws Exception {
        Inbox inbox = new Inbox(1 << 20, NEVER, NEVER);
        Queue<Runnable> loop = new ConcurrentLinkedQueue<>();
        Pending first = Pending.of(Entry.plain(Rig.record(4)).by(loop::add));
        Pending second = Pending.of(Entry.plain(Rig.record(5)).by(loop::add));
        inbox.offer(first);
        AtomicReference<Thread> writer = new AtomicReference<>();
        CompletableFuture<List<Pending>> batch = CompletableFuture.supplyAsync(() -> {
            writer.set(Thread.currentThread());
            return taken(inbox);
        });
        Rig.until(() -> writer.get() != null && writer.get().getState() == Thread.State.TIMED_WAITING);
        inbox.offer(second);
        assertThat(batch).isNotDone();
        loop.remove().run();
        assertThat(batch.get(20, TimeUnit.SECONDS)).containsExactly(first, second);
    }

    @Test
    void aBellThatTakesNothingAnyMoreIsNotWaitedFor() throws Exception {
        Inbox inbox = new Inbox(1 << 20, NEVER, NEVER);
        Pending late = Pending.of(Entry.plain(Rig.record(6)).by(task -> {
            throw new RejectedExecutionException("shut down");
        }));
        inbox.offer(late);
        CompletableFuture<List<Pending>> batch = CompletableFuture.supplyAsync(() -> taken(inbox));
        assertThat(batch.get(20, TimeUnit.SECONDS)).containsExactly(late);
    }

    @Test
    void aWakeEndsEveryWait() throws Exception {
        Inbox inbox = new Inbox(1 << 20, NEVER, NEVER);
        AtomicReference<Thread> writer = new AtomicReference<>();
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
            writer.set(Thread.currentThread());
            inbox.await(NEVER.toNanos());
        });
        Rig.until(() -> writer.get() != null && writer.get().getState() == Thread.State.TIMED_WAITING);
        inbox.wake();
        waiting.get(20, TimeUnit.SECONDS);
    }

    @Test
    void aWakeEndsOneWaitOnly() throws Exception {
        Inbox inbox = new Inbox(1 << 20, NEVER, NEVER);
        inbox.wake();
        inbox.await(NEVER.toNanos());
        AtomicReference<Thread> writer = new AtomicReference<>();
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
            writer.set(Thread.currentThread());
            inbox.await(NEVER.toNanos());
        });
        Rig.until(() -> writer.get() != null && writer.get().getState() == Thread.State.TIMED_WAITING);
        assertThat(waiting).isNotDone();
        inbox.wake();
        waiting.get(20, TimeUnit.SECONDS);
    }

    private static List<Pending> taken(Inbox inbox) {
        List<Pending> taken = new ArrayList<>();
        inbox.gather();
        for (Pending next = inbox.poll(); next != null; next = inbox.poll()) {
            inbox.left(next);
            taken.add(next);
        }
        return taken;
    }
}
