package dev.penstock.prompt.kind;

import dev.penstock.core.Part;
import dev.penstock.core.Turn;
import dev.penstock.prompt.template.Template;
import dev.penstock.prompt.template.Templates;
import dev.penstock.prompt.template.Templates.Place;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One version of a kind's prompt.
 *
 * @param name such as {@code v1}
 * @param hash twelve hex digits of the SHA-256 of all that it is made of
 */
public record PromptVersion(String name, String hash, List<Section> sections) {

    /** One turn, before its values are in place. */
    public record Section(Turn.Role role, Template template) {}

    static PromptVersion of(String name, String hash, List<SectionText> texts, Templates templates) {
        List<Section> sections = texts.stream()
                .map(text -> new Section(text.role(), templates.compile(text.places(), text.text())))
                .toList();
        return new PromptVersion(name, hash, sections);
    }

    /** A section as it stands in its files; {@code places} are those of its lines. */
    record SectionText(Turn.Role role, List<Place> places, String text) {}

    /** The conversation. One section is one turn, whatever the values hold. */
    public List<Turn> turns(Map<String, Object> values) {
        return sections.stream()
                .map(section ->
                        Turn.of(section.role(), new Part.Text(section.template().render(values))))
                .toList();
    }

    Set<String> roots() {
        Set<String> roots = new TreeSet<>();
        sections.forEach(section -> roots.addAll(section.template().roots()));
        return roots;
    }
}
