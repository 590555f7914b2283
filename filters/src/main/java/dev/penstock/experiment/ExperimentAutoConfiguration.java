package dev.penstock.experiment;

import dev.penstock.exchange.LlmGatewayFilterFactory;
import dev.penstock.experiment.shadow.CopySteps;
import dev.penstock.experiment.shadow.Shadowing;
import dev.penstock.experiment.tally.ExperimentView;
import dev.penstock.experiment.tally.Feedback;
import dev.penstock.experiment.tally.Tallies;
import dev.penstock.journal.Fold;
import dev.penstock.journal.Journal;
import dev.penstock.prompt.kind.Kinds;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import reactor.core.scheduler.Schedulers;

/** The step {@code AssignVariant}, the tallies of experiments, and what feeds and reads them. */
@AutoConfiguration
@ConditionalOnProperty("penstock.routes")
public final class ExperimentAutoConfiguration {

    private final Tallies tallies = new Tallies();

    @Bean
    Fold penstockExperimentTallies() {
        return tallies;
    }

    @Bean
    ExperimentView penstockExperimentView() {
        return new ExperimentView(tallies);
    }

    @Bean
    VariantView penstockVariantView(Kinds kinds) {
        return new VariantView(kinds);
    }

    @Bean
    Feedback penstockFeedback(Journal journal) {
        return new Feedback(tallies, journal, Clock.systemUTC(), Schedulers.parallel());
    }

    @Bean
    AssignVariantGatewayFilterFactory assignVariantGatewayFilterFactory(Kinds kinds, Shadowing shadowing) {
        return new AssignVariantGatewayFilterFactory(kinds, shadowing);
    }

    /** The steps are looked up for the first copy: this one of them is made with it. */
    @Bean
    Shadowing penstockShadowing(
            ObjectProvider<LlmGatewayFilterFactory<?>> steps, Journal journal, ObjectProvider<MeterRegistry> meters) {
        return new Shadowing(
                new CopySteps(steps::stream),
                journal,
                Clock.systemUTC(),
                Schedulers.parallel(),
                () -> ThreadLocalRandom.current().nextDouble(),
                word -> meters.ifAvailable(registry -> registry.counter("penstock.shadow.calls", "outcome", word)
                        .increment()));
    }
}
