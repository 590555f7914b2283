package dev.penstock.prompt.kind;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Told;
import dev.penstock.prompt.template.PromptException;
import dev.penstock.prompt.template.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of one directory. They are read once, when a route first needs them, so that a configuration without content
 * routes needs no directory.
 */
public final class Kinds {

    private static final String NAME = "[a-z0-9][a-z0-9-]{0,63}";

    private final Path directory;
    private @Nullable Map<String, Kind> loaded;

    public Kinds(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads them now if nobody did.
     *
     * @throws PromptException when the directory or any kind in it cannot be used
     */
    public void require() {
        all();
    }

    public Set<String> names() {
        return all().keySet();
    }

    /** @throws GatewayException when there is none of that name */
    public Kind get(String name) {
        Kind found = all().get(name);
        if (found == null) {
            List<String> names = List.copyOf(names());
            String message = "There is no such content kind (expected one of: " + String.join(", ", names) + ").";
            throw new GatewayException(ErrorCode.KIND_UNKNOWN, Told.of(message).with("kinds", names));
        }
        return found;
    }

    private synchronized Map<String, Kind> all() {
        if (loaded == null) {
            loaded = load();
        }
        return loaded;
    }

    private Map<String, Kind> load() {
        if (!Files.isDirectory(directory)) {
            throw new PromptException(
                    directory.toString(),
                    "no such directory (expected: a folder of kinds, since a route has FitSchema)");
        }
        Map<String, Kind> kinds = new TreeMap<>();
        Templates templates = new Templates();
        for (Path folder : folders()) {
            String name = folder.getFileName().toString();
            if (!name.matches(NAME)) {
                throw new PromptException(folder.toString(), "not a kind's name (expected: a-z, 0-9 and -)");
            }
            kinds.put(name, new KindLoader(folder, templates).load());
        }
        return kinds;
    }

    private List<Path> folders() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isDirectory)
                    .filter(folder -> !folder.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new PromptException(directory.toString(), "cannot be read: " + unreadable.getMessage());
        }
    }
}
