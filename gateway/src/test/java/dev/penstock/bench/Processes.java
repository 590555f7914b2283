package dev.penstock.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/** Starts what is measured, all of it on 127.0.0.1, with logs in one folder. */
final class Processes {

    private static final String DATA = "data-";

    private final Options options;
    private final Path folder;
    private final Path plainJar;

    private Processes(Options options, Path folder, Path plainJar) {
        this.options = options;
        this.folder = folder;
        this.plainJar = plainJar;
    }

    static Processes of(Options options) throws IOException {
        Path folder = options.jar().toAbsolutePath().resolveSibling("bench");
        Files.createDirectories(folder);
        return new Processes(options, folder, PlainJar.from(options.jar(), folder.resolve("plain-gateway.jar")));
    }

    /** Deletes what Penstock kept, which is gigabytes after a while of full load; also that of a run that was killed. */
    void forget() throws IOException {
        try (DirectoryStream<Path> kept = Files.newDirectoryStream(folder, DATA + "*")) {
            for (Path data : kept) {
                FileSystemUtils.deleteRecursively(data);
            }
        }
    }

    record Upstream(Child child, int port) {}

    Upstream upstream() throws IOException {
        List<String> arguments = new ArrayList<>(options.flags());
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path"), BenchUpstream.class.getName()));
        Child child = Child.java("upstream", Core.OTHERS, arguments, folder.resolve("upstream.log"));
        String line = child.line();
        if (line == null) {
            throw new IOException("the upstream did not start: see " + folder);
        }
        return new Upstream(child, Integer.parseInt(line.substring("READY ".length())));
    }

    Child plain(Core core, int port, int upstream) throws IOException {
        return Child.java(
                "plain",
                core,
                arguments(
                        options.flags(),
                        plainJar,
                        "--server.port=" + port,
                        "--server.address=127.0.0.1",
                        "--bench.upstream=http://127.0.0.1:" + upstream,
                        "--management.otlp.metrics.export.enabled=false",
                        "--spring.cloud.gateway.server.webflux.observability.enabled=false",
                        "--spring.cloud.gateway.server.webflux.metrics.enabled=false",
                        "--spring.main.banner-mode=off",
                        "--logging.level.root=warn"),
                folder.resolve("plain.log"));
    }

    /** With all steps. */
    Child penstock(Path jar, Core core, int port, int upstream) throws IOException {
        return penstock(jar, core, port, upstream, StepSet.ALL);
    }

    /** As shipped: metrics on, one trace in ten sent to the upstream's OTLP endpoint, which reads and forgets it. */
    Child penstock(Path jar, Core core, int port, int upstream, StepSet steps) throws IOException {
        Path routes = RoutesFile.write(folder, upstream, steps);
        List<String> flags = new ArrayList<>(options.flags());
        flags.addAll(options.penstockFlags());
        return Child.java(
                "penstock",
                core,
                arguments(
                        flags,
                        jar,
                        "--server.port=" + port,
                        "--management.server.port=" + freePort(),
                        "--penstock.routes=" + routes,
                        "--penstock.data=" + folder.resolve(DATA + port),
                        "--management.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:" + upstream
                                + "/v1/traces"),
                folder.resolve("penstock-" + port + ".log"));
    }

    private static List<String> arguments(List<String> flags, Path jar, String... more) {
        List<String> all = new ArrayList<>(flags);
        all.addAll(List.of("-jar", jar.toString()));
        all.addAll(List.of(more));
        return all;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
