package dev.penstock.gateway;

import dev.penstock.budget.BudgetView;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.journal.DataDirectory;
import dev.penstock.journal.OpeningJournal;
import dev.penstock.keys.Callers;
import dev.penstock.limit.LimitView;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Says that the gateway is ready, and with what. */
@Configuration(proxyBeanMethods = false)
class StartConfiguration {

    @Bean
    Instance instance(Environment environment, DataDirectory data) {
        return Instance.of(environment, data);
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> startLine(
            Environment environment,
            Instance instance,
            ObjectProvider<CurrentSettings> settings,
            Callers callers,
            OpeningJournal journal,
            LimitView limits,
            BudgetView budgets) {
        return ready -> StartLine.log(StartLine.text(
                environment,
                instance,
                settings.getObject().get(),
                callers,
                journal.view(),
                degraded(limits.isAway(), budgets.isAway())));
    }

    private static List<String> degraded(boolean limits, boolean budgets) {
        return Stream.of(limits ? "limits" : "", budgets ? "budgets" : "")
                .filter(control -> !control.isEmpty())
                .toList();
    }
}
