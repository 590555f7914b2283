package dev.penstock.routes.source;

import dev.penstock.routes.file.Place;
import dev.penstock.routes.file.Problem;
import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import dev.penstock.routes.file.TreeReader;
import dev.penstock.routes.source.Sources.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads routes.yml and what its {@code include} names: files beside it, the last part of a path may be a pattern. */
public final class SourceReader {

    /** One byte more than a file may have, so that a larger one is seen to be larger. */
    private static final int MOST = (1 << 20) + 1;

    private static final int MOST_FILES = 1000;

    private final String file;
    private final Function<String, @Nullable String> environment;

    /** What routes.yml included when it was looked at last: that is done several times a second, and seldom finds another file. */
    private volatile @Nullable Included known;

    /** {@code file} is relative to the working directory, or absolute. */
    public SourceReader(String file, Function<String, @Nullable String> environment) {
        this.file = file;
        this.environment = environment;
    }

    public Sources read() {
        Problems problems = new Problems();
        Source main = source(file, Path.of(file).toAbsolutePath(), Place.whole(file), "", problems);
        return main == null ? new Sources(List.of(), problems.all()) : with(main, problems);
    }

    /** The same with {@code bytes} in place of routes.yml. */
    public Sources with(byte[] bytes) {
        return with(new Source(file, ByteBuffer.wrap(bytes)), new Problems());
    }

    private Sources with(Source main, Problems problems) {
        List<Source> files = new ArrayList<>(List.of(main));
        for (Tree.Scalar pattern : patterns(main)) {
            try {
                include(pattern, files, problems);
            } catch (InvalidPathException | PatternSyntaxException malformed) {
                problems.add(pattern, pattern.shown() + " (expected: a path, with * in its last part only)");
            }
        }
        return new Sources(List.copyOf(files), problems.all());
    }

    // what is wrong with the file itself is told when it is compiled
    private List<Tree.Scalar> patterns(Source main) {
        Included last = known;
        if (last == null || !last.by().equals(main)) {
            last = new Included(main, included(main));
            known = last;
        }
        return last.patterns();
    }

    private List<Tree.Scalar> included(Source main) {
        Tree include = new TreeReader(main.name(), environment, new Problems())
                .read(main.bytes())
                .flatMap(root -> root.find("include"))
                .orElse(null);
        List<Tree> items =
                include instanceof Tree.Items list ? list.items() : include == null ? List.of() : List.of(include);
        return items.stream()
                .filter(Tree.Scalar.class::isInstance)
                .map(Tree.Scalar.class::cast)
                .toList();
    }

    private void include(Tree.Scalar pattern, List<Source> files, Problems problems) {
        for (String name : names(pattern, problems)) {
            boolean known = files.stream().anyMatch(it -> it.name().equals(name));
            if (!known && files.size() <= MOST_FILES) {
                Source source = source(name, Path.of(name).toAbsolutePath(), pattern.place(), pattern.path(), problems);
                if (source != null) {
                    files.add(source);
                }
            }
        }
    }

    private Iterable<String> names(Tree.Scalar pattern, Problems problems) {
        int slash = pattern.text().lastIndexOf('/');
        String last = pattern.text().substring(slash + 1);
        String folder = pattern.text().substring(0, slash + 1);
        if (last.isEmpty() || folder.contains("*")) {
            problems.add(pattern, pattern.shown() + " (expected: a path, with * in its last part only)");
            return List.of();
        }
        Path parent = Path.of(file).resolveSibling(folder);
        return last.contains("*")
                ? matching(parent, last)
                : List.of(parent.resolve(last).toString());
    }

    private static Iterable<String> matching(Path folder, String pattern) {
        TreeSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder.toAbsolutePath(), pattern)) {
            for (Path path : found) {
                String name = path.getFileName().toString();
                if (!name.startsWith(".") && !Files.isDirectory(path)) {
                    names.add(folder.resolve(name).toString());
                }
            }
        } catch (IOException | DirectoryIteratorException none) {
            // a pattern may match nothing, and its folder may not be there yet
            return names;
        }
        return names;
    }

    private record Included(Source by, List<Tree.Scalar> patterns) {}

    private static @Nullable Source source(String name, Path path, Place place, String key, Problems problems) {
        try (InputStream in = Files.newInputStream(path)) {
            return new Source(name, ByteBuffer.wrap(in.readNBytes(MOST)));
        } catch (IOException unreadable) {
            String why = Files.exists(path) ? "cannot be read" : "no such file";
            problems.add(new Problem(place, key, why + " (expected: a readable file at " + path + ")"));
            return null;
        }
    }
}
