package dev.penstock.experiment.tally;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Caller;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.experiment.tally.Feedback.Counted;
import dev.penstock.experiment.tally.Feedback.Given;
import dev.penstock.journal.Entry;
import dev.penstock.journal.Journal;
import dev.penstock.journal.JournalView;
import dev.penstock.journal.Position;
import dev.penstock.journal.segment.Segments;
import dev.penstock.journal.tree.MerkleTree;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;
import tools.jackson.databind.node.ObjectNode;

/** Tests for {@link Feedback}: a score that is not written is not counted, and can be given again. */
class FeedbackTests {

    private static final Caller CALLER = new Caller("demo", "", "main", List.of("*"));
    private static final Position WRITTEN = new Position("c", 1, "h");

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Tallies tallies = new Tallies();

    FeedbackTests() {
        ObjectNode outcome =
                Json.object().put("type", "outcome").put("request_id", "r1").put("outcome", "ok");
        outcome.putObject("who").put("service", "demo");
        tallies.apply(1, outcome);
    }

    @AfterEach
    void stop() {
        time.dispose();
    }

    private CompletableFuture<Counted> give(Function<Entry, CompletableFuture<Position>> disk) {
        Feedback feedback = new Feedback(tallies, new Disk(disk), Clock.systemUTC(), time);
        Mono<Counted> given = feedback.give(new Given("r1", 500_000, ""), CALLER, TalliesTests.settings(1_000));
        CompletableFuture<Counted> counted = given.toFuture();
        time.advanceTimeBy(Duration.ofSeconds(1));
        return counted;
    }

    private static ErrorCode code(CompletableFuture<Counted> failed) {
        assertThat(failed).isCompletedExceptionally();
        return ((GatewayException) failed.handle((counted, failure) -> failure).join()).code();
    }

    @Test
    void aJournalThatThrowsAtOnceTakesNoScore() {
        assertThat(code(give(entry -> {
                    throw new IllegalStateException("closed");
                })))
                .isEqualTo(ErrorCode.AUDIT_UNAVAILABLE);
        assertThat(give(entry -> CompletableFuture.completedFuture(WRITTEN))).isCompleted();
    }

    @Test
    void whatTheDiskRefusesCanBeGivenAgain() {
        assertThat(code(give(entry -> CompletableFuture.failedFuture(new IllegalStateException("disk full")))))
                .isEqualTo(ErrorCode.AUDIT_UNAVAILABLE);
        assertThat(give(entry -> CompletableFuture.completedFuture(WRITTEN))).isCompleted();
    }

    /** What is late may be found on the disk all the same, and would then be counted twice. */
    @Test
    void aScoreThatIsLateStaysTaken() {
        CompletableFuture<Counted> late = give(entry -> new CompletableFuture<>());
        assertThat(late).isNotDone();
        time.advanceTimeBy(Duration.ofSeconds(5));
        assertThat(code(late)).isEqualTo(ErrorCode.AUDIT_UNAVAILABLE);
        assertThat(code(give(entry -> CompletableFuture.completedFuture(WRITTEN))))
                .isEqualTo(ErrorCode.REQUEST_INVALID);
    }

    /** A journal of one answer. */
    private record Disk(Function<Entry, CompletableFuture<Position>> answer) implements Journal {

        @Override
        public CompletableFuture<Position> append(Entry entry) {
            return answer.apply(entry);
        }

        @Override
        public JournalView view() {
            throw new UnsupportedOperationException("not looked at");
        }

        @Override
        public Segments segments() {
            throw new UnsupportedOperationException("not read");
        }

        @Override
        public MerkleTree tree() {
            throw new UnsupportedOperationException("not looked at");
        }

        @Override
        public boolean forget(long first, SortedSet<Long> marks) {
            throw new UnsupportedOperationException("not asked");
        }

        @Override
        public void close() {}
    }
}
