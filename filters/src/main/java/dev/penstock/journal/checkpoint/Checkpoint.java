package dev.penstock.journal.checkpoint;

import dev.penstock.journal.tree.MerkleTree;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How large a journal was, and the root over all its records then.
 *
 * @param origin whose journal, such as {@code penstock/1f2e3d4c5b6a7988}
 * @param size records
 * @param root 32 bytes in base64
 * @param time of signing; an extension line of the format, absent in those of others
 */
public record Checkpoint(String origin, long size, String root, Optional<Instant> time) {

    /** Lines before the extensions. */
    private static final int HEAD = 3;

    private static final Pattern SIZE = Pattern.compile("0|[1-9]\\d{0,17}");
    private static final Pattern ROOT = Pattern.compile("[A-Za-z0-9+/]{43}=");
    private static final String TIME = "time ";
    private static final String ORIGIN = "penstock/";

    public static Checkpoint of(String chain, MerkleTree tree, Instant time) {
        return new Checkpoint(
                origin(chain), tree.size(), Base64.getEncoder().encodeToString(tree.root()), Optional.of(time));
    }

    /** What the checkpoints of this journal begin with; also the name of its key. */
    public static String origin(String chain) {
        return ORIGIN + chain;
    }

    /** Lines, each with its end. */
    String text() {
        String head = origin + "\n" + size + "\n" + root + "\n";
        return time.map(it -> head + TIME + it + "\n").orElse(head);
    }

    /** Empty when it is none. */
    static Optional<Checkpoint> parse(String text) {
        List<String> lines = text.lines().toList();
        if (!begins(lines)) {
            return Optional.empty();
        }
        Optional<Instant> time = lines.stream()
                .skip(HEAD)
                .filter(line -> line.startsWith(TIME))
                .findFirst()
                .flatMap(line -> instant(line.substring(TIME.length())));
        return Optional.of(new Checkpoint(lines.get(0), Long.parseLong(lines.get(1)), lines.get(2), time));
    }

    /** Whether the first of these lines are what every checkpoint has. */
    static boolean begins(List<String> lines) {
        return lines.size() >= HEAD
                && SIZE.matcher(lines.get(1)).matches()
                && ROOT.matcher(lines.get(2)).matches();
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException other) {
            return Optional.empty();
        }
    }

    /** Whether this is the tree that was signed. */
    public boolean matches(MerkleTree tree) {
        return tree.size() == size
                && Base64.getEncoder().encodeToString(tree.root()).equals(root);
    }

    /** For people. */
    @Override
    public String toString() {
        return "checkpoint of " + size + " records"
                + time.map(it -> " at " + it).orElse("");
    }
}
