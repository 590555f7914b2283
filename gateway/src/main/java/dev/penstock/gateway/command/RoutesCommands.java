package dev.penstock.gateway.command;

import dev.penstock.core.Json;
import dev.penstock.gateway.admin.Explanation;
import dev.penstock.routes.RoutesView;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/** {@code check ROUTES.YML} and {@code explain REQUEST.JSON}. */
final class RoutesCommands {

    private RoutesCommands() {}

    /** Compiles the file as the gateway would. */
    static int check(Path file, PrintStream out) {
        return Unserved.ask(file, out, context -> {
            RoutesView routes = context.getBean(RoutesView.class);
            routes.warnings().forEach(warning -> out.println(file + ": warning: " + warning));
            out.println(file + ": good, config " + routes.hash());
            return 0;
        });
    }

    /** Says what would become of a request; limits and budgets stand as if nothing had been used. */
    static int explain(Path request, Path routes, Explanation.Asking asking, PrintStream out) {
        byte[] body;
        try {
            body = Files.readAllBytes(request);
        } catch (IOException unreadable) {
            out.println(request + ": cannot be read (expected: a file with the JSON of a request)");
            return 1;
        }
        return Unserved.ask(routes, out, context -> {
            ObjectNode said = context.getBean(Explanation.class)
                    .of(body, asking)
                    .toFuture()
                    .join();
            out.println(
                    Json.LENIENT_DEPTH.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(said));
            return 0;
        });
    }
}
