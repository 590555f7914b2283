package dev.penstock.provider.mock.draft;

import dev.penstock.core.Counting;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a rendered prompt asks for, by the lower-case names of its fields. Of two fields of one name the first stands. */
public final class Brief {

    private static final Pattern HEAD = Pattern.compile("([A-Za-z][A-Za-z_ -]{0,40})(?:[;,][^`]{0,200})?:");
    private static final Pattern BESIDE = Pattern.compile("([A-Za-z][A-Za-z_ -]{0,40}): (\\S.{0,2000})");
    private static final Pattern LIMIT = Pattern.compile("- (\\w{1,40}): at most (\\d{1,6}) characters");

    private final Map<String, String> fields = new HashMap<>();
    private final Map<String, Integer> limits = new HashMap<>();

    private Brief() {}

    /** Reads a user's turn; what stands in fences is never read for fields. */
    public static Brief of(String turn) {
        Brief brief = new Brief();
        List<String> lines = turn.lines().toList();
        int at = 0;
        while (at < lines.size()) {
            at = brief.read(lines, at);
        }
        return brief;
    }

    /** Empty where there is none. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** The lines of a field, without blank ones. */
    public List<String> lines(String name) {
        return Arrays.stream(fields.getOrDefault(name, "").split("\n"))
                .filter(line -> !line.isBlank())
                .toList();
    }

    /** The value behind {@code member:} in a field of such lines. */
    Optional<String> member(String name, String member) {
        return lines(name).stream()
                .filter(line -> line.startsWith(member + ": "))
                .map(line -> line.substring(member.length() + 2))
                .findFirst();
    }

    int number(String name, int otherwise) {
        String text = fields.getOrDefault(name, "");
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : otherwise;
    }

    /** The most characters that a text of this name may have. */
    int limit(String name, int otherwise) {
        return limits.getOrDefault(name, otherwise);
    }

    /** Whether a text has at most so many characters, however they are counted. */
    public static boolean fits(String text, int most) {
        return Arrays.stream(Counting.values()).allMatch(counting -> counting.length(text) <= most);
    }

    private int read(List<String> lines, int at) {
        String line = lines.get(at);
        String next = at + 1 < lines.size() ? lines.get(at + 1) : "";
        Matcher head = HEAD.matcher(line);
        if (next.matches("`{3,}") && head.matches()) {
            int end = end(lines, at + 2, next);
            put(head.group(1), String.join("\n", lines.subList(at + 2, end)));
            return end + 1;
        }
        if (line.matches("`{3,}")) {
            return end(lines, at + 1, line) + 1;
        }
        Matcher limit = LIMIT.matcher(line);
        Matcher beside = BESIDE.matcher(line);
        if (limit.matches()) {
            limits.put(limit.group(1), Integer.parseInt(limit.group(2)));
        } else if (beside.matches()) {
            put(beside.group(1), beside.group(2));
        }
        return at + 1;
    }

    private static int end(List<String> lines, int from, String fence) {
        int end = from;
        while (end < lines.size() && !lines.get(end).equals(fence)) {
            end++;
        }
        return end;
    }

    /** Half a surrogate pair cannot leave as UTF-8. */
    private void put(String name, String value) {
        String whole =
                value.replaceAll("[\\ud800-\\udfff](?<![\\ud800-\\udbff][\\udc00-\\udfff])(?![\\udc00-\\udfff])", "?");
        fields.putIfAbsent(name.strip().toLowerCase(Locale.ROOT), whole);
    }
}
