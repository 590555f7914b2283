package dev.penstock.routes;

import dev.penstock.exchange.Settings;
import dev.penstock.routes.file.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The configuration in force, for what stands outside a request.
 *
 * <p>The file is compiled when it is first asked for, at the latest when the application has its beans and before it listens.
 * Ask late: the file is checked against the filter beans, so a bean that asks while it is made can close a circle.
 */
public final class RoutesView {

    /** A changed file that was not taken, and when. */
    public record Refusal(Instant at, List<Problem> problems) {}

    private final RoutesLoader loader;

    RoutesView(RoutesLoader loader) {
        this.loader = loader;
    }

    public Settings settings() {
        return loader.compiled().settings();
    }

    /** Twelve hex digits that name the configuration. */
    public String hash() {
        return settings().hash();
    }

    /** The model that the first route with this filter asks for where a request names none; empty when there is no such. */
    public String routeModel(String filter) {
        return loader.compiled().routes().stream()
                .filter(route -> route.getFilters().stream()
                        .anyMatch(each -> each.getName().equals(filter)))
                .map(route -> route.getUri().getHost())
                .filter(model -> !model.equals("any"))
                .findFirst()
                .orElse("");
    }

    /** What is allowed and may still not be what was meant, such as a provider without a key. */
    public List<String> warnings() {
        return loader.compiled().warnings();
    }

    /** When it came into force. */
    public Instant loadedAt() {
        return loader.inForce().since();
    }

    /** Why the files as they are now are not in force; empty while they are. */
    public Optional<Refusal> refusal() {
        return Optional.ofNullable(loader.refusal());
    }

    /** The file, as the operator named it. */
    public String file() {
        return loader.file();
    }
}
