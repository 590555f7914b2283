package dev.penstock.limit.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.limit.bucket.Rule.Measure;
import dev.penstock.limit.bucket.Taking.Refused;
import dev.penstock.limit.bucket.Taking.Taken;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests for {@link EmbeddedLimits}. */
class EmbeddedLimitsTests extends LimitsContract {

    private final EmbeddedLimits limits = new EmbeddedLimits(clock, 10);

    @Override
    protected Limits limits() {
        return limits;
    }

    private Taking take(Rule rule, String subject) {
        return limits.take(List.of(new Claim(rule, subject, 1)), taken -> {}).block();
    }

    @Test
    void whatIsAsGoodAsNewIsForgotten() {
        take(rule(Measure.REQUESTS, 5), "a");
        clock.forward(Duration.ofSeconds(35));
        take(rule(Measure.REQUESTS, 5), "b");
        assertThat(limits.size()).isEqualTo(2);
        clock.forward(MINUTE);
        take(rule(Measure.REQUESTS, 5), "c");
        assertThat(limits.size()).isEqualTo(1);
    }

    @Test
    void tooManySubjectsShareOneCount() {
        Rule rule = rule(Measure.REQUESTS, 2);
        for (int i = 0; i < 10; i++) {
            take(rule, "s" + i);
        }
        assertThat(take(rule, "s10")).isInstanceOf(Taken.class);
        assertThat(take(rule, "s11")).isInstanceOf(Taken.class);
        assertThat(take(rule, "s12")).isInstanceOf(Refused.class);
        assertThat(take(rule, "s0")).isInstanceOf(Taken.class);
        assertThat(limits.size()).isEqualTo(11);
        assertThat(take(rule(Measure.REQUESTS, 3), "s12")).isInstanceOf(Taken.class);
        clock.forward(MINUTE);
        assertThat(take(rule, "s12")).isInstanceOf(Taken.class);
        assertThat(limits.size()).isEqualTo(1);
    }

    @Test
    void whatIsUnderWayIsNotForgotten() {
        Rule one = new Rule("services.a", Rule.By.SERVICE, Measure.CONCURRENT, 1, Duration.ZERO, false);
        Taken taken = (Taken) take(one, "a");
        clock.forward(Duration.ofDays(1));
        assertThat(take(one, "a")).isInstanceOf(Refused.class);
        limits.settle(taken, claim -> 0).block();
        assertThat(take(one, "a")).isInstanceOf(Taken.class);
    }
}
