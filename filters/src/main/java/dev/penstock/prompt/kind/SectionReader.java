package dev.penstock.prompt.kind;

import dev.penstock.core.Turn.Role;
import dev.penstock.prompt.kind.PromptVersion.SectionText;
import dev.penstock.prompt.template.PromptException;
import dev.penstock.prompt.template.Templates.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Cuts a version's file at its lines {@code === system}, {@code === user} and {@code === assistant}. This happens before any
 * value is in place, so that no value can open a section.
 */
final class SectionReader {

    private static final String MARK = "===";
    private static final Map<String, Role> ROLES =
            Map.of("=== system", Role.SYSTEM, "=== user", Role.USER, "=== assistant", Role.ASSISTANT);

    private SectionReader() {}

    /** @throws PromptException with the line and what was expected there */
    static List<SectionText> read(String file, String text) {
        List<String> lines = text.lines().toList();
        List<SectionText> sections = new ArrayList<>();
        int from = nextMark(file, lines, 0);
        if (lines.subList(0, from).stream().anyMatch(line -> !line.isBlank())) {
            throw PromptException.at(file, 1, "text before the first section (expected: === system or === user)");
        }
        while (from < lines.size()) {
            int to = nextMark(file, lines, from + 1);
            sections.add(section(file, lines, from, to));
            from = to;
        }
        if (sections.stream().noneMatch(section -> section.role() == Role.USER)) {
            throw PromptException.at(file, 1, "no section of the user (expected: a line === user)");
        }
        return sections;
    }

    private static SectionText section(String file, List<String> lines, int from, int to) {
        String text = String.join("\n", lines.subList(from + 1, to)).stripTrailing();
        if (text.isBlank()) {
            throw PromptException.at(file, from + 1, "an empty section (expected: text below it)");
        }
        return new SectionText(ROLES.get(lines.get(from).stripTrailing()), new Place(file, from + 2), text);
    }

    private static int nextMark(String file, List<String> lines, int from) {
        for (int i = from; i < lines.size(); i++) {
            if (lines.get(i).startsWith(MARK)) {
                if (!ROLES.containsKey(lines.get(i).stripTrailing())) {
                    throw PromptException.at(
                            file,
                            i + 1,
                            "a line that starts with === (expected: === system, === user or === assistant)");
                }
                return i;
            }
        }
        return lines.size();
    }
}
