package dev.penstock.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The processes under load and the upstream behind them. */
final class Subjects implements AutoCloseable {

    private final Options options;
    private final Processes processes;
    private final Deque<Child> children = new ArrayDeque<>();
    private final List<Target> targets = new ArrayList<>();
    private int upstreamPort;

    private Subjects(Options options, Processes processes) {
        this.options = options;
        this.processes = processes;
    }

    /** Returns when all of them are ready; leaves none when one is not. */
    static Subjects start(Options options, Processes processes) throws IOException, InterruptedException {
        Subjects subjects = new Subjects(options, processes);
        try {
            subjects.start();
            return subjects;
        } catch (IOException | InterruptedException failure) {
            subjects.close();
            throw failure;
        }
    }

    private void start() throws IOException, InterruptedException {
        Processes.Upstream upstream = processes.upstream();
        upstreamPort = upstream.port();
        children.push(upstream.child());
        add(new Target(Target.BARE, upstream.child(), upstreamPort, "bench-1"));
        plain();
        penstock(options.jar(), "");
        if (options.against().isPresent()) {
            penstock(options.against().get(), " (against)");
        }
    }

    private void plain() throws IOException, InterruptedException {
        int port = Processes.freePort();
        Child plain = processes.plain(Core.SUBJECT, port, upstreamPort);
        children.push(plain);
        Ready.await(plain, port, Ready.PLAIN);
        add(new Target(Target.PLAIN, plain, port, "bench-1"));
    }

    private void penstock(Path jar, String suffix) throws IOException, InterruptedException {
        int port = Processes.freePort();
        Child penstock = processes.penstock(jar, Core.SUBJECT, port, upstreamPort);
        children.push(penstock);
        Ready.await(penstock, port, Ready.PENSTOCK);
        add(new Target(Target.SAME + suffix, penstock, port, RoutesFile.SAME));
        add(new Target(Target.TRANSLATED + suffix, penstock, port, RoutesFile.TRANSLATED));
    }

    private void add(Target target) {
        if (target.isOneOf(options.subjects())) {
            targets.add(target);
        }
    }

    List<Target> targets() {
        return targets;
    }

    int upstreamPort() {
        return upstreamPort;
    }

    /** On all cores, or the compiler would need the subject's own one for minutes. */
    void warmUp() throws IOException, InterruptedException {
        for (Target target : targets) {
            if (!target.name().equals(Target.BARE)) {
                target.child().moveTo(Core.ANY);
                new Load(target).warmUp(options);
                target.child().moveTo(Core.SUBJECT);
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        while (!children.isEmpty()) {
            children.pop().close();
        }
    }
}
