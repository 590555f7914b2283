package dev.penstock.prompt.kind;

import dev.penstock.core.Turn.Role;
import dev.penstock.prompt.kind.PromptVersion.SectionText;
import dev.penstock.prompt.kind.Source.Line;
import dev.penstock.prompt.template.PromptException;
import dev.penstock.prompt.template.Templates.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Cuts a version at its lines {@code === system}, {@code === user} and {@code === assistant}. This happens before any value is
 * in place, so that no value can open a section.
 */
final class SectionReader {

    private static final String MARK = "===";
    private static final Map<String, Role> ROLES =
            Map.of("=== system", Role.SYSTEM, "=== user", Role.USER, "=== assistant", Role.ASSISTANT);

    private SectionReader() {}

    /** @throws PromptException with the line and what was expected there */
    static List<SectionText> read(String file, List<Line> lines) {
        List<SectionText> sections = new ArrayList<>();
        int from = nextMark(lines, 0);
        if (lines.subList(0, from).stream().anyMatch(line -> !line.text().isBlank())) {
            throw PromptException.at(file, 1, "text before the first section (expected: === system or === user)");
        }
        while (from < lines.size()) {
            int to = nextMark(lines, from + 1);
            sections.add(section(lines.get(from), lines.subList(from + 1, to)));
            from = to;
        }
        if (sections.stream().noneMatch(section -> section.role() == Role.USER)) {
            throw PromptException.at(file, 1, "no section of the user (expected: a line === user)");
        }
        return sections;
    }

    private static SectionText section(Line mark, List<Line> body) {
        String text =
                body.stream().map(Line::text).collect(Collectors.joining("\n")).stripTrailing();
        if (text.isBlank()) {
            throw PromptException.at(mark.file(), mark.number(), "an empty section (expected: text below it)");
        }
        List<Place> places =
                body.stream().map(line -> new Place(line.file(), line.number())).toList();
        return new SectionText(ROLES.get(mark.text().stripTrailing()), places, text);
    }

    private static int nextMark(List<Line> lines, int from) {
        for (int i = from; i < lines.size(); i++) {
            Line line = lines.get(i);
            if (line.text().startsWith(MARK)) {
                if (!ROLES.containsKey(line.text().stripTrailing())) {
                    throw PromptException.at(
                            line.file(),
                            line.number(),
                            "a line that starts with === (expected: === system, === user, === assistant or === include NAME)");
                }
                return i;
            }
        }
        return lines.size();
    }
}
