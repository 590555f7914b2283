package dev.penstock.bench;

import dev.penstock.prompt.PromptView;
import dev.penstock.prompt.kind.Kind;
import dev.penstock.prompt.kind.Kinds;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/** How often a second one thread renders each kind's example: input checked, defaults put in, every turn made. */
final class RenderPart {

    private static final Duration EACH = Duration.ofSeconds(1);
    private static final int WARM_UP = 3;

    private RenderPart() {}

    static void run() {
        Kinds kinds = new Kinds(Path.of("..", "prompts"));
        PromptView view = new PromptView(kinds);
        Table table = Table.of("Renders on one thread (target 5,000 a second)", "kind", "renders/s");
        for (int round = 0; round < WARM_UP; round++) {
            kinds.all().forEach(kind -> rate(kind, view));
        }
        kinds.all().forEach(kind -> table.row(kind.name(), Table.number(rate(kind, view), 0)));
        table.print();
    }

    private static double rate(Kind kind, PromptView view) {
        ObjectNode example = kind.prompt().example();
        long began = System.nanoTime();
        long end = began + EACH.toNanos();
        int renders = 0;
        while (System.nanoTime() < end) {
            view.of(kind.name(), example);
            renders++;
        }
        return renders / ((System.nanoTime() - began) / 1e9);
    }
}
