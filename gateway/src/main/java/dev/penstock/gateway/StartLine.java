package dev.penstock.gateway;

import dev.penstock.exchange.Settings;
import dev.penstock.journal.JournalView;
import dev.penstock.keys.Callers;
import dev.penstock.upstream.UpstreamSettings;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;

/** The one line at the end of start-up. */
final class StartLine {

    private static final Logger LOG = LoggerFactory.getLogger("penstock");

    private StartLine() {}

    static void log(String line) {
        LOG.info("{}", line);
    }

    /** In words that a grep finds: {@code port=8080 … providers=mock … controls degraded=none}. */
    static String text(
            Environment environment,
            Instance instance,
            Settings settings,
            Callers callers,
            JournalView journal,
            List<String> degraded) {
        String line = "ready: port=" + port(environment, "local.server.port")
                + " admin=" + port(environment, "local.management.port")
                + " instance=" + instance.id()
                + " config=" + settings.hash()
                + " stores=" + environment.getProperty("penstock.store", "embedded")
                + " providers=" + providers(settings)
                + " journal=" + journal.seq() + " recovered-in="
                + journal.recoveryTook().toMillis() + "ms"
                + " degraded=" + (degraded.isEmpty() ? "none" : String.join(",", degraded));
        return callers.loopbackKeysOff(settings) ? line + "; demo key off" : line;
    }

    private static String port(Environment environment, String property) {
        return environment.getProperty(property, "none");
    }

    private static String providers(Settings settings) {
        return settings.get(UpstreamSettings.class).providers().entrySet().stream()
                .filter(provider -> provider.getValue().usable())
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(","));
    }
}
