package dev.penstock.routes;

import dev.penstock.routes.file.Place;
import dev.penstock.routes.file.Problem;
import dev.penstock.routes.file.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads and compiles the file once. Thread-safe. */
final class RoutesLoader {

    /** One byte more than the reader takes, so that a larger file is seen to be larger. */
    private static final int MOST = (1 << 20) + 1;

    private final String file;
    private final Supplier<Compiler> compiler;
    private final HostChecks host;
    private @Nullable Compiled compiled;

    /**
     * @param file relative to the working directory, or absolute
     * @param compiler made late, when the filter beans can be looked up
     */
    RoutesLoader(String file, Supplier<Compiler> compiler, HostChecks host) {
        this.file = file;
        this.compiler = compiler;
        this.host = host;
    }

    String file() {
        return file;
    }

    /**
     * @throws dev.penstock.routes.file.ConfigException when the file, or the application around it, is not right
     */
    synchronized Compiled compiled() {
        if (compiled == null) {
            Problems problems = new Problems();
            host.check(problems);
            compiled = compiler.get().compile(file, bytes(problems), problems);
        }
        return compiled;
    }

    private byte[] bytes(Problems problems) {
        Path path = Path.of(file).toAbsolutePath();
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(MOST);
        } catch (IOException unreadable) {
            String why = Files.exists(path) ? "cannot be read" : "no such file";
            problems.add(new Problem(Place.whole(file), "", why + " (expected: a readable file at " + path + ")"));
            problems.raise();
            return new byte[0];
        }
    }
}
