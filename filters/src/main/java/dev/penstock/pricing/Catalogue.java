package dev.penstock.pricing;

import dev.penstock.core.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The built-in prices. A service's file is read when it is first asked for, which may be some milliseconds after the start.
 * Thread-safe.
 */
final class Catalogue {

    static final Catalogue BUILTIN = new Catalogue();

    /** A date without hyphens at a model's end, which the files write with them. */
    private static final Pattern COMPACT_DATE = Pattern.compile("-(20\\d\\d)(\\d\\d)(\\d\\d)$");

    private final List<Service> services = lines("services.jsonl").stream()
            .map(Json.LENIENT_DEPTH::read)
            .map(Service::read)
            .toList();
    private final Map<String, List<Listed>> models = new ConcurrentHashMap<>();

    private Catalogue() {}

    /** By the name that the operator gave, else by the host, else by the dialect. */
    Optional<Service> service(String name, String host, String dialect) {
        return first(it -> it.named(name)).or(() -> first(it -> it.at(host))).or(() -> first(it -> it.speaks(dialect)));
    }

    private Optional<Service> first(Predicate<Service> test) {
        return services.stream().filter(test).findFirst();
    }

    /** The first line that matches, in the file's order; as the model is written before its date is spelled out. */
    Optional<Listed> find(Service service, String model) {
        String name = model.toLowerCase(Locale.ROOT);
        return in(service.id(), name)
                .or(() -> service.also().stream()
                        .flatMap(id -> in(id, name).stream())
                        .findFirst());
    }

    private Optional<Listed> in(String service, String name) {
        List<Listed> listed = models.computeIfAbsent(service, Catalogue::load);
        return in(listed, name).or(() -> in(listed, COMPACT_DATE.matcher(name).replaceFirst("-$1-$2-$3")));
    }

    private static Optional<Listed> in(List<Listed> listed, String name) {
        for (Listed one : listed) {
            if (one.matches(name)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    private static List<Listed> load(String service) {
        List<String> lines = lines(service + ".txt");
        String header = lines.get(0);
        String snapshot = header.substring(header.indexOf('@') + 1, header.indexOf(','));
        return lines.stream()
                .skip(1)
                .map(line -> new Listed(line, service, snapshot))
                .toList();
    }

    private static List<String> lines(String file) {
        try (InputStream in = Catalogue.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no price file " + file + " on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
