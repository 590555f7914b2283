package dev.penstock.gateway.command;

import dev.penstock.gateway.admin.Explanation;
import dev.penstock.pricing.PriceCheck;
import dev.penstock.pricing.Prices;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Knows the commands by their first words. */
public final class Commands {

    private static final Set<String> FIRST = Set.of("check", "explain", "audit", "keys", "prices", "prompt", "help");
    private static final String KIND = "--kind=";
    private static final String USAGE = """
            usage: java -jar penstock.jar [--option=value …]        starts the gateway
                   java -jar penstock.jar check ROUTES.YML          says what is wrong with it
                   java -jar penstock.jar explain [--kind=KIND] REQUEST.JSON [ROUTES.YML [SERVICE]]   says what would become of it
                   java -jar penstock.jar audit verify DIR|CASE.zip [--checkpoint FILE] [--key FILE]   checks every record, the chain, and
                                                                    that nothing is missing that a checkpoint has seen
                   java -jar penstock.jar audit key [DIR]           prints the key that verifies the checkpoints
                   java -jar penstock.jar audit show ID [DIR]       prints the records of a call, and its texts where the master key is at hand
                   java -jar penstock.jar audit hmac [DIR]          reads a text, prints the hash that the records of DIR hold of it
                   java -jar penstock.jar keys hash                 reads a key, prints its sha256 for routes.yml
                   java -jar penstock.jar prices check USAGE.json   prices usages
                   java -jar penstock.jar prompt render KIND INPUT.json [DIR]   prints what would be sent""";

    private Commands() {}

    /** Whether these arguments are a command, and not the start of the gateway. */
    public static boolean are(String... arguments) {
        return arguments.length > 0 && FIRST.contains(arguments[0]);
    }

    /** The exit code. */
    public static int run(String[] arguments, PrintStream out) {
        List<String> words = List.of(arguments);
        int count = words.size();
        if (count == 2 && words.get(0).equals("check")) {
            return RoutesCommands.check(Path.of(words.get(1)), out);
        }
        if (words.get(0).equals("explain")) {
            return explain(words, out);
        }
        if (words.get(0).equals("audit")) {
            return audit(words, out);
        }
        if (words.equals(List.of("keys", "hash"))) {
            return KeyHash.run(System.in, out);
        }
        if (count == 3 && words.subList(0, 2).equals(List.of("prices", "check"))) {
            return new PriceCheck(Prices.builtin(), Clock.systemUTC().instant()).run(Path.of(words.get(2)), out);
        }
        if ((count == 4 || count == 5) && words.subList(0, 2).equals(List.of("prompt", "render"))) {
            Path prompts = Path.of(count == 5 ? words.get(4) : "prompts");
            return PromptCommands.render(words.get(2), Path.of(words.get(3)), prompts, out);
        }
        return usage(words, out);
    }

    private static int audit(List<String> words, PrintStream out) {
        String what = words.size() < 2 ? "" : words.get(1);
        List<String> rest = words.subList(Math.min(2, words.size()), words.size());
        if (what.equals("verify")) {
            return AuditCommands.verify(rest, out).orElseGet(() -> usage(words, out));
        }
        if (what.equals("key") && rest.size() <= 1) {
            return AuditCommands.key(Path.of(rest.isEmpty() ? "data" : rest.get(0)), out);
        }
        if (what.equals("hmac") && rest.size() <= 1) {
            return AuditCommands.hmac(System.in, Path.of(rest.isEmpty() ? "data" : rest.get(0)), out);
        }
        if (what.equals("show") && (rest.size() == 1 || rest.size() == 2)) {
            return AuditCommands.show(rest.get(0), Path.of(rest.size() == 2 ? rest.get(1) : "data"), out);
        }
        return usage(words, out);
    }

    /** {@code --kind=KIND} may stand anywhere behind the command. */
    private static int explain(List<String> words, PrintStream out) {
        List<String> paths =
                words.stream().skip(1).filter(word -> !word.startsWith(KIND)).toList();
        String kind = words.stream()
                .filter(word -> word.startsWith(KIND))
                .map(word -> word.substring(KIND.length()))
                .findFirst()
                .orElse("");
        if (paths.isEmpty() || paths.size() > 3) {
            return usage(words, out);
        }
        return RoutesCommands.explain(
                Path.of(paths.get(0)),
                Path.of(paths.size() > 1 ? paths.get(1) : "routes.yml"),
                new Explanation.Asking(paths.size() > 2 ? paths.get(2) : "", "", kind),
                out);
    }

    private static int usage(List<String> words, PrintStream out) {
        out.println(USAGE);
        return words.get(0).equals("help") ? 0 : 1;
    }
}
