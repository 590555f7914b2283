package dev.penstock.gateway.command;

import dev.penstock.core.GatewayException;
import dev.penstock.gateway.PenstockApplication;
import dev.penstock.routes.file.ConfigException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.reactive.context.AnnotationConfigReactiveWebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** The application with all its beans and no port, on a data directory of its own: for questions about a routes.yml. */
final class Unserved extends AnnotationConfigReactiveWebServerApplicationContext {

    private Unserved() {}

    /** Starts nothing that was made. */
    @Override
    protected void finishRefresh() {}

    /** The exit code that {@code question} gives; 1, and why, when the file is not right. */
    static int ask(Path routes, PrintStream out, Function<ApplicationContext, Integer> question) {
        Path data = null;
        try {
            data = Files.createTempDirectory("penstock-command");
            return ask(routes, data, out, question);
        } catch (IOException failure) {
            out.println("no place for temporary files (expected: a directory that can be written)");
            return 1;
        } finally {
            FileSystemUtils.deleteRecursively(data == null ? null : data.toFile());
        }
    }

    private static int ask(Path routes, Path data, PrintStream out, Function<ApplicationContext, Integer> question) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(PenstockApplication.class)
                .contextFactory(type -> new Unserved())
                .run(
                        "--penstock.routes=" + routes.toAbsolutePath(),
                        "--penstock.data=" + data,
                        "--penstock.journal.segment=1MB",
                        "--penstock.journal.floor=1MB",
                        "--logging.level.root=off",
                        "--logging.level.penstock=off",
                        "--logging.level.dev.penstock=off")) {
            return question.apply(context);
        } catch (RuntimeException failed) {
            out.println(told(failed));
            return 1;
        }
    }

    private static String told(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigException || cause instanceof GatewayException) {
                return String.valueOf(cause.getMessage());
            }
        }
        return "it could not be answered: " + failed.getMessage();
    }
}
