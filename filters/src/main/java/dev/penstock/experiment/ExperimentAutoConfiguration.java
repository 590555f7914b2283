package dev.penstock.experiment;

import dev.penstock.experiment.tally.ExperimentView;
import dev.penstock.experiment.tally.Feedback;
import dev.penstock.experiment.tally.Tallies;
import dev.penstock.journal.Fold;
import dev.penstock.journal.Journal;
import dev.penstock.prompt.kind.Kinds;
import java.time.Clock;
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
    AssignVariantGatewayFilterFactory assignVariantGatewayFilterFactory(Kinds kinds) {
        return new AssignVariantGatewayFilterFactory(kinds);
    }
}
