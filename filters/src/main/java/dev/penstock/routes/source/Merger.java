package dev.penstock.routes.source;

import dev.penstock.routes.bind.Names;
import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import dev.penstock.routes.file.Tree.Entries;
import dev.penstock.routes.file.Tree.Entry;
import dev.penstock.routes.file.Tree.Nothing;
import dev.penstock.routes.file.TreeReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes one tree of all files; each value still knows the file that it stands in. */
public final class Merger {

    private static final List<String> SECTIONS = List.of("services", "teams", "models", "guardrails");

    private final Function<String, @Nullable String> environment;
    private final Problems problems;

    public Merger(Function<String, @Nullable String> environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    /** The tree of all; empty when routes.yml itself is not there or cannot be read as YAML, which is told then. */
    public Optional<Tree> tree(Sources sources) {
        sources.problems().forEach(problems::add);
        Tree merged = null;
        for (Sources.Source source : sources.files()) {
            Tree next = new TreeReader(source.name(), environment, problems)
                    .read(source.bytes())
                    .orElse(null);
            if (source == sources.files().get(0)) {
                merged = next;
            } else if (merged instanceof Entries into && next != null) {
                merged = include(into, next);
            }
        }
        return Optional.ofNullable(merged);
    }

    private Entries include(Entries into, Tree next) {
        if (!(next instanceof Entries included)) {
            problems.add(next, next.kind() + " (expected: a mapping of: " + String.join(", ", SECTIONS) + ")");
            return into;
        }
        Map<String, Entry> all = new LinkedHashMap<>(into.entries());
        included.entries().forEach((section, entry) -> {
            if (!SECTIONS.contains(section)) {
                problems.add(entry.key(), Names.unknown("key of an included file", section, SECTIONS));
            } else if (entry.value() instanceof Entries more) {
                all.put(section, merge(all.get(section), entry, more));
            } else if (!(entry.value() instanceof Nothing)) {
                problems.add(entry.value(), entry.value().kind() + " (expected: a mapping)");
            }
        });
        return new Entries(into.place(), into.path(), all);
    }

    private Entry merge(@Nullable Entry before, Entry entry, Entries more) {
        if (before == null || !(before.value() instanceof Entries first)) {
            return entry;
        }
        Map<String, Entry> names = new LinkedHashMap<>(first.entries());
        more.entries().forEach((name, it) -> {
            Entry other = names.putIfAbsent(name, it);
            if (other != null) {
                problems.add(
                        it.key(),
                        "defined twice (expected: once; first at " + other.key().place() + ")");
            }
        });
        return new Entry(before.key(), new Entries(first.place(), first.path(), names));
    }
}
