package dev.penstock.bench;

/** Says what a table was measured on. */
final class Machine {

    private Machine() {}

    static void print(Options options) {
        System.out.printf(
                "JDK %s, %d cores, %s; flags of every subject: %s; %d rounds after a warm-up%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                Core.pins() ? "the subject alone on one, upstream and load on another" : "not pinned",
                String.join(" ", options.flags()),
                options.rounds());
    }
}
