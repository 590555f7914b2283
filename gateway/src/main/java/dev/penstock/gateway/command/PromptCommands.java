package dev.penstock.gateway.command;

import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.gateway.admin.PromptEndpoints;
import dev.penstock.prompt.PromptView;
import dev.penstock.prompt.kind.Kinds;
import dev.penstock.prompt.template.PromptException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code prompt render KIND INPUT.json [DIR]}. */
final class PromptCommands {

    private PromptCommands() {}

    /** Prints the conversation; {@code prompts} is the folder of kinds. */
    static int render(String kind, Path input, Path prompts, PrintStream out) {
        try {
            PromptView view = new PromptView(new Kinds(prompts));
            var said = view.rendered(kind, PromptEndpoints.object(Files.readAllBytes(input)));
            out.println(
                    Json.LENIENT_DEPTH.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(said));
            return 0;
        } catch (IOException unreadable) {
            out.println(input + ": cannot be read (expected: a file with the JSON of a content request)");
        } catch (GatewayException wrong) {
            out.println(input + ": " + wrong.told().message());
        } catch (PromptException broken) {
            out.println(broken.getMessage());
        }
        return 1;
    }
}
