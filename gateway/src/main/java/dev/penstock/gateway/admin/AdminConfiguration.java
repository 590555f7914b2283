package dev.penstock.gateway.admin;

import dev.penstock.audit.AuditLog;
import dev.penstock.audit.content.Contents;
import dev.penstock.audit.trail.Checkpoints;
import dev.penstock.audit.trail.Holds;
import dev.penstock.budget.BudgetView;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.experiment.VariantView;
import dev.penstock.experiment.tally.ExperimentView;
import dev.penstock.journal.DataDirectory;
import dev.penstock.journal.OpeningJournal;
import dev.penstock.limit.LimitView;
import dev.penstock.prompt.PromptView;
import dev.penstock.records.index.RecordIndex;
import dev.penstock.routes.RoutesControl;
import dev.penstock.routes.RoutesView;
import dev.penstock.store.Bulletin;
import dev.penstock.surface.chat.ChatSurface;
import dev.penstock.upstream.TargetsView;
import dev.penstock.usage.UsageView;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/** The administrators' port. */
@Configuration(proxyBeanMethods = false)
public class AdminConfiguration {

    @Bean
    Ports ports(Environment environment) {
        return new Ports(environment);
    }

    @Bean
    AdminToken adminToken(Environment environment, DataDirectory data) {
        return AdminToken.of(environment, data);
    }

    @Bean
    AdminDoor adminDoor(Ports ports, AdminToken token, AuditLog log) {
        return new AdminDoor(ports, token, log);
    }

    @Bean
    Explanation explanation(
            CurrentSettings settings,
            ChatSurface chat,
            PromptView prompts,
            VariantView variants,
            RoutesView routes,
            TargetsView targets,
            LimitView limits,
            BudgetView budgets) {
        return new Explanation(settings, chat, prompts, variants, routes, targets, limits, budgets, Clock.systemUTC());
    }

    @Bean
    ControlEndpoints controlEndpoints(
            CurrentSettings settings, BudgetView budgets, LimitView limits, Explanation explanation) {
        return new ControlEndpoints(settings, budgets, limits, explanation);
    }

    @Bean
    ExperimentEndpoint experimentEndpoint(CurrentSettings settings, ExperimentView experiments) {
        return new ExperimentEndpoint(settings, experiments);
    }

    @Bean
    RecordIndex recordIndex(OpeningJournal journal, DataDirectory data) {
        return new RecordIndex(journal::segments, data.path().resolve("index"));
    }

    /** Beside the work, so that a search finds little to take in before it answers. */
    @Bean(destroyMethod = "dispose")
    Disposable recordIndexing(RecordIndex index) {
        return Schedulers.boundedElastic().schedulePeriodically(() -> Indexing.run(index), 2, 2, TimeUnit.SECONDS);
    }

    /** Nested, so that the callers' port has none of them, whatever a path looks like. */
    @Bean
    RouterFunction<ServerResponse> adminRoutes(
            Ports ports,
            OpeningJournal journal,
            DataDirectory data,
            RecordIndex index,
            Checkpoints checkpoints,
            Contents contents,
            Holds holds,
            AuditLog log,
            UsageView usage,
            RoutesView view,
            RoutesControl control,
            PromptView prompts,
            ControlEndpoints controls,
            ExperimentEndpoint experiments,
            ObjectProvider<Bulletin> fleet) {
        RouterFunctions.Builder routes = RouterFunctions.route();
        Clock clock = Clock.systemUTC();
        Recording recording = new Recording(log);
        new ProofEndpoints(journal::segments, checkpoints, System::nanoTime).add(routes);
        new ExportEndpoint(journal::segments, checkpoints, data.path(), recording, clock).add(routes);
        new HoldEndpoints(holds, recording, clock).add(routes);
        new ContentEndpoints(journal::segments, index, contents, holds, recording, AdminDoor::mayReadContent)
                .add(routes);
        new AuditEndpoints(journal::segments, index, clock).add(routes);
        new UsageEndpoint(usage, clock).add(routes);
        new ConfigEndpoints(view, control, prompts, Optional.ofNullable(fleet.getIfAvailable())).add(routes);
        controls.add(routes);
        experiments.add(routes);
        new PromptEndpoints(prompts).add(routes);
        return RouterFunctions.nest(request -> ports.isAdmin(request.exchange()), routes.build());
    }
}
