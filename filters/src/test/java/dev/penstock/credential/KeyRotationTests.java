package dev.penstock.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What becomes of a key that another one takes the place of. */
class KeyRotationTests {

    private static final Credential OLD = new Credential("main", "s1");
    private static final Credential NEW = new Credential("next", "s2");
    private static final Credential SPARE = new Credential("spare", "s4");

    private final AtomicLong now = new AtomicLong();
    private final KeyRing ring = new KeyRing(List.of(OLD), now::get);
    private final List<String> told = new ArrayList<>();

    private void replaced() {
        ring.onRollBack((failed, back) -> told.add(failed.id() + " " + back.id()));
        ring.activate(NEW, "main");
    }

    private List<String> states() {
        return ring.standings().stream()
                .map(key -> key.id() + " " + key.state().wire())
                .toList();
    }

    private void asked(Credential key, boolean refused) {
        ring.leaves(key);
        ring.back(key, refused);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
        ring.settle();
    }

    @Test
    void newRequestsTakeTheNewOneAndTheOldOneDrains() {
        replaced();
        assertThat(ring.next()).contains(NEW);
        assertThat(ring.next()).contains(NEW);
        assertThat(states()).containsExactly("main draining", "next active");
    }

    @Test
    void theOldOneGoesWhenTheTrialIsOverAndItsRequestsAre() {
        ring.leaves(OLD);
        replaced();
        pass(Duration.ofSeconds(61));
        assertThat(states()).contains("main draining");
        ring.back(OLD, false);
        pass(Duration.ZERO);
        assertThat(states()).containsExactly("next active");
    }

    @Test
    void aRequestThatNeverEndsHoldsItForAQuarterOfAnHour() {
        ring.leaves(OLD);
        replaced();
        pass(Duration.ofMinutes(15).minusSeconds(1));
        assertThat(states()).contains("main draining");
        pass(Duration.ofSeconds(1));
        assertThat(states()).containsExactly("next active");
    }

    @Test
    void moreThanOneRefusalInTwentyBringsTheOldOneBack() {
        replaced();
        for (int i = 0; i < 40; i++) {
            asked(NEW, false);
        }
        asked(NEW, true);
        asked(NEW, true);
        assertThat(states()).containsExactly("main draining", "next active");
        asked(NEW, true);
        assertThat(states()).containsExactly("main active", "next draining");
        assertThat(told).containsExactly("next main");
        assertThat(ring.next()).contains(OLD);
    }

    @Test
    void whoeverHasNotHeardOfItDoesNotUndoIt() {
        replaced();
        asked(NEW, true);
        ring.activate(NEW, "main");
        ring.drainAll(key -> key.equals(OLD));
        assertThat(states()).containsExactly("main active", "next draining");
        ring.tryAgain(NEW::equals);
        ring.activate(NEW, "main");
        assertThat(states()).contains("next active");
    }

    @Test
    void afterTheTrialARefusalIsOnlyARest() {
        replaced();
        pass(Duration.ofSeconds(61));
        asked(NEW, true);
        assertThat(states()).containsExactly("next active");
        assertThat(told).isEmpty();
    }

    @Test
    void anOldOneThatWasRefusedItselfComesBackWithoutItsRest() {
        ring.rest(OLD, KeyRing.Rest.REFUSED, Duration.ofSeconds(60));
        replaced();
        asked(NEW, true);
        assertThat(ring.next()).contains(OLD);
    }

    @Test
    void aRestOfTheOldOneUnderTheSameIdIsNotOfTheNewOne() {
        Credential again = new Credential("main", "s3");
        ring.activate(again, "main");
        ring.rest(OLD, KeyRing.Rest.REFUSED, Duration.ofSeconds(60));
        assertThat(ring.next()).contains(again);
    }

    @Test
    void whatIsTakenInTwiceIsOne() {
        replaced();
        ring.activate(NEW, "main");
        assertThat(ring.size()).isEqualTo(2);
    }

    @Test
    void anotherSecretOfTheSameIdIsReplacedWhoeverSaysSo() {
        Credential again = new Credential("main", "s3");
        ring.activate(again, "");
        assertThat(ring.active()).containsExactly(again);
        asked(again, true);
        assertThat(ring.active()).as("it was on trial").containsExactly(OLD);
        ring.activate(again, "");
        assertThat(ring.active()).as("what failed replaces nothing").containsExactly(OLD);
    }

    @Test
    void theOneBeforeOfTheSameIdIsWhatAFailingOneGoesBackTo() {
        replaced();
        Credential again = new Credential("next", "s3");
        ring.activate(OLD, "");
        ring.activate(again, "main");
        asked(again, true);
        assertThat(ring.active()).containsExactly(NEW);
    }

    @Test
    void aSecretThatComesBackTakesThePlaceOfTheOneThatCameAfterIt() {
        Credential again = new Credential("main", "s3");
        ring.activate(again, "main");
        ring.activate(OLD, "");
        assertThat(ring.active()).containsExactly(OLD);
        asked(OLD, true);
        assertThat(ring.active()).as("it is on trial again").containsExactly(again);
    }

    @Test
    void oneThatFailedElsewhereIsGivenUpForTheOneBefore() {
        replaced();
        assertThat(ring.giveUp(NEW::equals)).isEmpty();
        ring.activate(NEW, "main");
        assertThat(states()).containsExactly("main active", "next draining");
        assertThat(told).as("whoever found it out told it").isEmpty();
    }

    @Test
    void oneThatFailedElsewhereStaysOnlyWhereNoOtherIsLeft() {
        assertThat(ring.giveUp(OLD::equals)).containsExactly(OLD);
        assertThat(ring.active()).containsExactly(OLD);
        ring.activate(NEW, "");
        assertThat(ring.giveUp(OLD::equals)).isEmpty();
        assertThat(ring.active()).containsExactly(NEW);
    }

    @Test
    void aTrialGoesOnUnderTheNextConfiguration() {
        replaced();
        KeyRing next = ring.successor(active -> active);
        next.leaves(NEW);
        next.back(NEW, true);
        assertThat(next.active()).containsExactly(OLD);
        assertThat(told).containsExactly("next main");
    }

    @Test
    void aRequestOfTheConfigurationBeforeCountsForTheTrial() {
        replaced();
        ring.leaves(NEW);
        KeyRing next = ring.successor(active -> active);
        ring.back(NEW, true);
        assertThat(next.active()).containsExactly(OLD);
        assertThat(next.next()).contains(OLD);
    }

    @Test
    void aKeyThatOnlyTheRegisterNamesIsStillOnTrial() {
        replaced();
        KeyRing next = ring.successor(active -> List.of(new Credential("spare", "s4")));
        next.activate(NEW, "main");
        next.leaves(NEW);
        next.back(NEW, true);
        assertThat(next.active()).contains(OLD).doesNotContain(NEW);
    }

    @Test
    void oneThatMayBeTriedAgainTakesThePlaceOfTheOneThatIsBack() {
        replaced();
        asked(NEW, true);
        ring.tryAgain(NEW::equals);
        ring.activate(NEW, "main");
        assertThat(ring.active()).containsExactly(NEW);
        asked(NEW, true);
        assertThat(ring.active()).as("and is on trial again").containsExactly(OLD);
    }

    @Test
    void aRingOfTheConfigurationBeforeDoesNotTakeTheLastKeyOfTheNext() {
        replaced();
        ring.activate(OLD, "");
        KeyRing next = ring.successor(active -> List.of(NEW));
        asked(NEW, true);
        assertThat(next.active()).containsExactly(NEW);
        assertThat(told).isEmpty();
    }

    @Test
    void itTakesOneThatFailsWhereTheNextHasAnother() {
        replaced();
        ring.activate(OLD, "");
        KeyRing next = ring.successor(active -> List.of(NEW, SPARE));
        asked(NEW, true);
        assertThat(next.active()).containsExactly(SPARE);
        assertThat(told).containsExactly("next main");
    }

    @Test
    void itBringsNoneBackInTheNextForOneThatTheNextDoesNotHave() {
        replaced();
        KeyRing next = ring.successor(active -> List.of(SPARE));
        asked(NEW, true);
        assertThat(next.active()).containsExactly(SPARE);
    }

    @Test
    void whatStoodInComesBackOnlyWhereNoOtherIsLeft() {
        ring.onRollBack((failed, back) -> told.add(failed.id() + " " + back.id()));
        ring.activate(NEW, OLD::equals);
        ring.activate(SPARE, OLD::equals);
        asked(NEW, true);
        assertThat(ring.active()).containsExactly(SPARE);
        assertThat(told).containsExactly("next spare");
    }

    @Test
    void whatStoodInComesBackWhereTheOtherIsRefusedToo() {
        ring.activate(NEW, OLD::equals);
        ring.activate(SPARE, OLD::equals);
        ring.rest(SPARE, KeyRing.Rest.REFUSED, Duration.ofSeconds(60));
        asked(NEW, true);
        assertThat(ring.active()).containsExactly(OLD, SPARE);
    }

    @Test
    void whatStoodInIsGivenBackElsewhereOnlyWhereNoOtherIsLeft() {
        ring.activate(NEW, OLD::equals);
        ring.activate(SPARE, OLD::equals);
        assertThat(ring.giveUp(NEW::equals)).isEmpty();
        assertThat(ring.active()).containsExactly(SPARE);
    }

    @Test
    void aGoodSecretDrainsTheOneThatCameBackForTheLast() {
        Credential bad = new Credential("main", "s3");
        Credential good = new Credential("main", "s5");
        ring.activate(bad, old -> false);
        asked(bad, true);
        assertThat(ring.active()).containsExactly(OLD);
        ring.activate(good, old -> false);
        assertThat(ring.active()).containsExactly(good);
    }

    @Test
    void whatStoodInAgainGoesForTheNextGoodOne() {
        ring.activate(NEW, OLD::equals);
        asked(NEW, true);
        assertThat(ring.active()).containsExactly(OLD);
        ring.activate(SPARE, OLD::equals);
        assertThat(ring.active()).containsExactly(SPARE);
        asked(SPARE, true);
        assertThat(ring.active()).containsExactly(OLD);
    }

    @Test
    void requestsOfTheConfigurationBeforeTakeWhatTookTheirKeysPlace() {
        KeyRing next = ring.successor(active -> active);
        next.onRollBack((failed, back) -> told.add(failed.id() + " " + back.id()));
        next.activate(NEW, "main");
        assertThat(ring.next()).contains(NEW);
        asked(NEW, true);
        assertThat(told).containsExactly("next main");
        assertThat(ring.next()).contains(OLD);
    }
}
