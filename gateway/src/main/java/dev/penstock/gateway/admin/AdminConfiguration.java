package dev.penstock.gateway.admin;

import dev.penstock.audit.AuditLog;
import dev.penstock.audit.TextHash;
import dev.penstock.audit.content.Contents;
import dev.penstock.audit.trail.Checkpoints;
import dev.penstock.audit.trail.Holds;
import dev.penstock.budget.BudgetView;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.exchange.SecurityEvents;
import dev.penstock.experiment.VariantView;
import dev.penstock.experiment.tally.ExperimentView;
import dev.penstock.journal.DataDirectory;
import dev.penstock.journal.OpeningJournal;
import dev.penstock.keys.KeyDesk;
import dev.penstock.keys.Pepper;
import dev.penstock.limit.LimitView;
import dev.penstock.prompt.PromptView;
import dev.penstock.records.index.RecordIndex;
import dev.penstock.routes.RoutesControl;
import dev.penstock.routes.RoutesView;
import dev.penstock.store.Bulletin;
import dev.penstock.store.register.Registers;
import dev.penstock.surface.chat.ChatSurface;
import dev.penstock.upstream.ProviderDesk;
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
    AdminLog adminLog(AuditLog log, SecurityEvents events) {
        return new AdminLog(new Recording(log), events);
    }

    @Bean
    AdminTokens adminTokens(AdminToken first, Registers registers, Pepper pepper) {
        return new AdminTokens(first, registers.named("tokens"), pepper, Clock.systemUTC());
    }

    @Bean
    AdminDoor adminDoor(Ports ports, AdminTokens tokens, AdminLog log, Environment environment) {
        Visitors visitors = OidcVisitors.beside(tokens, environment);
        return new AdminDoor(ports, visitors, new LoginAttempts(Clock.systemUTC()), log);
    }

    @Bean
    KeyEndpoints keyEndpoints(CurrentSettings settings, KeyDesk desk, AdminLog log) {
        return new KeyEndpoints(settings, desk, new Changes(log), Clock.systemUTC());
    }

    @Bean
    ProviderEndpoints providerEndpoints(CurrentSettings settings, ProviderDesk desk, AdminLog log) {
        return new ProviderEndpoints(settings, desk, new Changes(log));
    }

    @Bean
    TokenEndpoints tokenEndpoints(AdminTokens tokens, AdminLog log) {
        return new TokenEndpoints(tokens, new Changes(log));
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

    /** All endpoints with what they ask for. */
    @Bean
    AdminRoutes adminEndpoints(
            AdminLog adminLog,
            OpeningJournal journal,
            DataDirectory data,
            RecordIndex index,
            Checkpoints checkpoints,
            Contents contents,
            Holds holds,
            AuditLog log,
            TextHash hash,
            UsageView usage,
            ConfigEndpoints configs,
            PromptView prompts,
            ControlEndpoints controls,
            ExperimentEndpoint experiments,
            KeyEndpoints keys,
            TokenEndpoints tokens,
            ProviderEndpoints providers) {
        AdminRoutes routes = new AdminRoutes(adminLog);
        Clock clock = Clock.systemUTC();
        Recording recording = new Recording(log);
        new ProofEndpoints(journal::segments, checkpoints, System::nanoTime).add(routes);
        new ExportEndpoint(journal::segments, checkpoints, data.path(), recording, clock).add(routes);
        new HoldEndpoints(holds, recording, clock).add(routes);
        new ContentEndpoints(journal::segments, index, contents, holds, recording, AdminDoor::mayReadContent)
                .add(routes);
        new AuditEndpoints(journal::segments, index, hash, clock).add(routes);
        new UsageEndpoint(usage, clock).add(routes);
        configs.add(routes);
        controls.add(routes);
        experiments.add(routes);
        new PromptEndpoints(prompts).add(routes);
        keys.add(routes);
        tokens.add(routes);
        providers.add(routes);
        return routes;
    }

    @Bean
    ConfigEndpoints configEndpoints(
            RoutesView view, RoutesControl control, PromptView prompts, ObjectProvider<Bulletin> fleet) {
        return new ConfigEndpoints(view, control, prompts, Optional.ofNullable(fleet.getIfAvailable()));
    }

    /** Nested, so that the callers' port has none of them, whatever a path looks like. */
    @Bean
    RouterFunction<ServerResponse> adminRoutes(Ports ports, AdminRoutes routes) {
        return RouterFunctions.nest(request -> ports.isAdmin(request.exchange()), routes.build());
    }
}
