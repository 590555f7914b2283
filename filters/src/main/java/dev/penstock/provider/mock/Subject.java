package dev.penstock.provider.mock;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the last user message is about, found by its {@code name: value} lines or its own words.
 *
 * @param topic a few words without line breaks; never empty
 * @param platform lower-case, possibly empty
 * @param tone lower-case, possibly empty
 * @param limit characters that a text may have
 * @param text the message
 */
record Subject(String topic, String platform, String tone, int limit, String text) {

    private static final int LINES = 200;
    private static final int WORDS = 12;
    private static final int TOPIC_LENGTH = 80;

    static Subject of(String text) {
        String limit =
                field(text, "character_limit", "character limit", "max_length").orElse("");
        return new Subject(
                field(text, "topic", "subject", "product", "objective").orElseGet(() -> echo(text)),
                field(text, "platform", "channel").orElse("").toLowerCase(Locale.ROOT),
                field(text, "tone", "style").orElse("").toLowerCase(Locale.ROOT),
                limit.matches("\\d{1,6}") ? Integer.parseInt(limit) : Integer.MAX_VALUE,
                text);
    }

    /** The topic's telling words. */
    List<String> words() {
        return Words.of(topic);
    }

    private static Optional<String> field(String text, String... names) {
        List<String> wanted = Arrays.asList(names);
        List<String> lines = text.lines().limit(LINES).toList();
        for (int i = 0; i < lines.size(); i++) {
            if (wanted.contains(name(lines.get(i)))) {
                String value = value(lines, i);
                if (!value.isEmpty()) {
                    return Optional.of(value);
                }
            }
        }
        return Optional.empty();
    }

    /** What stands behind the name, or else between the fences in the lines below it. */
    private static String value(List<String> lines, int at) {
        String beside = plain(lines.get(at).substring(separator(lines.get(at)) + 1));
        boolean fenced = at + 2 < lines.size() && lines.get(at + 1).startsWith("```");
        return beside.isEmpty() && fenced ? plain(lines.get(at + 2)) : beside;
    }

    private static String name(String line) {
        int at = separator(line);
        return at < 0 || at > 30 ? "" : plain(line.substring(0, at)).toLowerCase(Locale.ROOT);
    }

    private static int separator(String line) {
        int colon = line.indexOf(':');
        return colon >= 0 ? colon : line.indexOf('=');
    }

    private static String echo(String text) {
        int about = text.indexOf(" about ");
        String telling = plain(about < 0 ? text : text.substring(about + " about ".length()));
        String words =
                Arrays.stream(telling.split("\\s+", WORDS + 1)).limit(WORDS).collect(Collectors.joining(" "));
        return words.isBlank() ? "your request" : clip(words);
    }

    /** Without quotes, list marks, braces, control characters and closing punctuation. */
    private static String plain(String text) {
        String head = text.substring(0, Math.min(text.length(), 400));
        String clean = head.replaceAll("[\\p{Cntrl}\\p{Cs}\"*`{}#]", " ").strip();
        return clip(clean.replaceAll("^[-•]\\s*|[,;.:?!]+$", "").strip());
    }

    private static String clip(String text) {
        if (text.length() <= TOPIC_LENGTH) {
            return text;
        }
        int space = text.lastIndexOf(' ', TOPIC_LENGTH);
        int end = space > 0 ? space : TOPIC_LENGTH;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }
}
