package dev.penstock.prompt.kind;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Told;
import dev.penstock.prompt.template.PromptException;
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
 * The kinds of one directory. They are read when a route first needs them, so that a configuration without content routes
 * needs no directory, and again when {@link #reload} is called. A request keeps the {@link Kind} that it got. Thread-safe.
 */
public final class Kinds {

    /** Where what is wrong with the files that all kinds share is told. */
    private static final String SHARED = "shared";

    private static final String NAME = "[a-z0-9][a-z0-9-]{0,63}";

    private final Path directory;
    private volatile @Nullable Loaded loaded;

    public Kinds(Path directory) {
        this.directory = directory;
    }

    /**
     * What is served, and why what else is there is not.
     *
     * @param prompts of kinds, and those that chats alone use
     * @param refused by the folder's name; what was served before goes on being served
     * @param from how the files were just before they were read
     */
    private record Loaded(
            Map<String, StoredPrompt> prompts,
            Map<String, Kind> kinds,
            Map<String, PromptException> refused,
            Stamps from) {}

    private static final Loaded NOTHING = new Loaded(Map.of(), Map.of(), Map.of(), new Stamps(Map.of()));

    Path directory() {
        return directory;
    }

    /** Whether any route has needed them yet. */
    public boolean isLoaded() {
        return loaded != null;
    }

    /**
     * Reads them now if nobody did.
     *
     * @throws PromptException when the directory or any kind in it cannot be used
     */
    public void require() {
        current();
    }

    /**
     * Reads all again. A folder that cannot be used is refused, and what it held before goes on; a folder that is gone is no
     * kind any more. Waits for the disk.
     *
     * @return what is wrong, by the folder's name; empty when all is well
     */
    Map<String, PromptException> reload() {
        Loaded next = read(current());
        loaded = next;
        return next.refused();
    }

    /** How the files were just before they were read last: what changed since then has not been seen. */
    Stamps readFrom() {
        return current().from();
    }

    /** Why folders as they are now are not served, by their names; empty while all are. */
    public Map<String, PromptException> refused() {
        Loaded now = loaded;
        return now == null ? Map.of() : now.refused();
    }

    public Set<String> names() {
        return current().kinds().keySet();
    }

    /** In the order of their names. */
    public List<Kind> all() {
        return List.copyOf(current().kinds().values());
    }

    /** @throws GatewayException when there is none of that name */
    public Kind get(String name) {
        Map<String, Kind> kinds = current().kinds();
        Kind found = kinds.get(name);
        if (found == null) {
            List<String> names = List.copyOf(kinds.keySet());
            String message = "There is no such content kind (expected one of: " + String.join(", ", names) + ").";
            throw new GatewayException(ErrorCode.KIND_UNKNOWN, Told.of(message).with("kinds", names));
        }
        return found;
    }

    /**
     * A prompt by its name, of a kind or not.
     *
     * @param field what the caller named it in
     * @throws GatewayException when there is none of that name
     */
    public StoredPrompt prompt(String name, String field) {
        Map<String, StoredPrompt> prompts = isThere() ? current().prompts() : Map.of();
        StoredPrompt found = prompts.get(name);
        if (found == null) {
            String known = prompts.isEmpty() ? "none is stored here" : "one of: " + String.join(", ", prompts.keySet());
            throw GatewayException.invalid(field, "names no stored prompt", known);
        }
        return found;
    }

    /** Reads them now where there is such a directory; for chats, which do without. */
    public void requireIfThere() {
        if (isThere()) {
            require();
        }
    }

    private boolean isThere() {
        return isLoaded() || Files.isDirectory(directory);
    }

    private Loaded current() {
        Loaded now = loaded;
        return now != null ? now : first();
    }

    private synchronized Loaded first() {
        if (loaded == null) {
            Loaded read = read(NOTHING);
            read.refused().values().stream().findFirst().ifPresent(refused -> {
                throw refused;
            });
            loaded = read;
        }
        return loaded;
    }

    private Loaded read(Loaded before) {
        Stamps from = Stamps.of(directory);
        Loaded now = new Loaded(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), from);
        Shared shared;
        try {
            shared = Shared.of(directory);
        } catch (PromptException wrong) {
            return new Loaded(before.prompts(), before.kinds(), Map.of(SHARED, wrong), from);
        }
        for (Path folder : folders()) {
            String name = folder.getFileName().toString();
            try {
                KindLoader.Stored stored = stored(folder, name, shared);
                now.prompts().put(name, stored.prompt());
                stored.kind().ifPresent(kind -> now.kinds().put(name, kind));
            } catch (PromptException wrong) {
                now.refused().put(name, wrong);
                keep(name, before, now);
            }
        }
        return now;
    }

    private static void keep(String name, Loaded before, Loaded now) {
        if (before.prompts().containsKey(name)) {
            now.prompts().put(name, before.prompts().get(name));
        }
        if (before.kinds().containsKey(name)) {
            now.kinds().put(name, before.kinds().get(name));
        }
    }

    private static KindLoader.Stored stored(Path folder, String name, Shared shared) {
        if (!name.matches(NAME)) {
            throw new PromptException(folder.toString(), "not a kind's name (expected: a-z, 0-9 and -)");
        }
        try {
            return new KindLoader(folder, shared).load();
        } catch (IllegalArgumentException | IllegalStateException unforeseen) {
            throw new PromptException(folder.toString(), "cannot be used: " + unforeseen.getMessage());
        }
    }

    private List<Path> folders() {
        if (!Files.isDirectory(directory)) {
            throw new PromptException(
                    directory.toString(),
                    "no such directory (expected: a folder of kinds, since a route has FitSchema)");
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isDirectory)
                    .filter(folder -> !folder.getFileName().toString().startsWith("."))
                    .filter(folder -> !folder.endsWith(Partials.FOLDER) && !folder.endsWith(Brands.FOLDER))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new PromptException(directory.toString(), "cannot be read: " + unreadable.getMessage());
        }
    }
}
