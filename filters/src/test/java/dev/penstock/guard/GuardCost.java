package dev.penstock.guard;

import dev.penstock.core.TextKind;
import dev.penstock.guard.GuardrailConfig.Action;
import dev.penstock.guard.GuardrailConfig.Rule;
import java.util.List;
import java.util.stream.IntStream;

/** Prints what the shipped guards cost a text; run it by hand. */
final class GuardCost {

    private static final String PROSE =
            "The quarterly figures show that orders rose in the second half of the year, while returns went down again. "
                    + "Please write a short summary for the board: what changed, why it changed, and what we should do next. ";
    private static final String NUMBERS =
            "In 2024 we sold 12,400 units in 31 shops; row 17 of table 4 has 99.5 % and order 20240117-33. ";
    private static final String PERSONAL = "Ask ann.lee@example.com or call +44 7700 900 123 before 5 pm. ";
    private static final int ROUNDS = 200_000;

    private GuardCost() {}

    public static void main(String[] arguments) {
        Inspection input = Guards.inspection(
                Guards.of(Rule.SECRETS, Action.REDACT),
                Guards.of(Rule.PII, Action.FLAG),
                Guards.of(Rule.INJECTION, Action.FLAG));
        Inspection output = Guards.inspection(Guards.of(Rule.PII, Action.FLAG));
        for (String text : List.of(kilobyte(PROSE), kilobyte(NUMBERS), kilobyte(PERSONAL))) {
            for (int warm = 0; warm < 3; warm++) {
                System.out.printf(
                        "%-24s input %.1f us, output %.1f us, stream flagged %.1f us, stream held %.1f us%n",
                        text.substring(0, 20),
                        cost(() -> look(input, text)),
                        cost(() -> look(output, text)),
                        cost(() -> stream(output, text, 256)),
                        cost(() -> stream(output, text, 5)));
            }
        }
    }

    private static String kilobyte(String text) {
        return text.repeat(20).substring(0, 1024);
    }

    private static void look(Inspection inspection, String text) {
        inspection.look(text, TextKind.MESSAGE, (control, failure) -> {});
    }

    private static void stream(Inspection inspection, String text, int piece) {
        Mouth mouth = new Mouth(inspection, TextKind.MESSAGE, new Mouth.Listener() {
            @Override
            public void found(Finding finding, int offset) {}

            @Override
            public void accept(Control control, RuntimeException failure) {}
        });
        for (int at = 0; at < text.length(); at += piece) {
            mouth.say(text.substring(at, Math.min(text.length(), at + piece)));
        }
        mouth.end();
    }

    private static double cost(Runnable work) {
        int rounds = ROUNDS / 10;
        long start = System.nanoTime();
        IntStream.range(0, rounds).forEach(i -> work.run());
        return (System.nanoTime() - start) / 1e3 / rounds;
    }
}
