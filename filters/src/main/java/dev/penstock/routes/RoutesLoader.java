package dev.penstock.routes;

import dev.penstock.routes.RoutesView.Refusal;
import dev.penstock.routes.file.ConfigException;
import dev.penstock.routes.file.Place;
import dev.penstock.routes.file.Problem;
import dev.penstock.routes.file.Problems;
import dev.penstock.routes.source.SourceReader;
import dev.penstock.routes.source.Sources;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Holds what is in force, and replaces it whole or not at all. Thread-safe; readers never wait for a reload. */
final class RoutesLoader {

    /** A configuration, and since when it is the one in force. */
    record InForce(Compiled compiled, Instant since) {}

    private final SourceReader files;
    private final String file;
    private final Supplier<Compiler> compiler;
    private final HostChecks host;
    private final Swap swap;
    private final Clock clock;
    private volatile @Nullable InForce inForce;
    private volatile @Nullable Refusal refusal;
    private volatile @Nullable Sources tried;

    /**
     * @param file its name for messages
     * @param compiler made late, when the filter beans can be looked up
     */
    RoutesLoader(
            String file, SourceReader files, Supplier<Compiler> compiler, HostChecks host, Swap swap, Clock clock) {
        this.file = file;
        this.files = files;
        this.compiler = compiler;
        this.host = host;
        this.swap = swap;
        this.clock = clock;
    }

    String file() {
        return file;
    }

    Compiled compiled() {
        return inForce().compiled();
    }

    @Nullable
    Refusal refusal() {
        return refusal;
    }

    /**
     * @throws ConfigException when there is none yet and the file, or the application around it, is not right
     */
    InForce inForce() {
        InForce now = inForce;
        return now != null ? now : first();
    }

    private synchronized InForce first() {
        InForce now = inForce;
        if (now == null) {
            Problems problems = new Problems();
            host.check(problems);
            Sources sources = read();
            now = new InForce(compiler.get().compile(sources, problems), clock.instant());
            tried = sources;
            inForce = now;
        }
        return now;
    }

    Sources read() {
        return files.read();
    }

    boolean tried(Sources sources) {
        return sources.equals(tried);
    }

    synchronized RoutesReport reload(Sources sources) {
        tried = sources;
        Compiled next;
        try {
            next = compiler.get().compile(sources, new Problems());
            swap.prepare(next.settings());
        } catch (ConfigException refused) {
            return refuse(refused.problems());
        } catch (RuntimeException failed) {
            return refuse(problem(failed));
        }
        inForce = new InForce(next, clock.instant());
        refusal = null;
        swap.done(file, next);
        return RoutesReport.of(next);
    }

    RoutesReport validate(byte[] bytes) {
        try {
            return RoutesReport.of(compiler.get().compile(files.with(bytes), new Problems()));
        } catch (ConfigException refused) {
            return RoutesReport.refused(refused.problems());
        } catch (RuntimeException failed) {
            return RoutesReport.refused(problem(failed));
        }
    }

    private RoutesReport refuse(List<Problem> problems) {
        Refusal last = refusal;
        refusal = new Refusal(clock.instant(), problems);
        swap.refused(problems, last != null && last.problems().equals(problems));
        return RoutesReport.refused(problems);
    }

    // a step that cannot be made fails in its own words
    private List<Problem> problem(RuntimeException failed) {
        return List.of(new Problem(Place.whole(file), "", String.valueOf(failed.getMessage())));
    }
}
