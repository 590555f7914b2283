package dev.penstock.routes.check;

import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import dev.penstock.routes.file.Tree.Entries;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the names that operators give: they become labels, headers and parts of URLs. */
final class NameChecks {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}");

    private final Problems problems;

    NameChecks(Problems problems) {
        this.problems = problems;
    }

    void check(Tree root) {
        List.of("providers", "services", "teams", "experiments", "guardrails")
                .forEach(section -> check(root, section, NAME));
        check(root, "models", MODEL);
    }

    private void check(Tree root, String section, Pattern form) {
        if (root.find(section).orElse(root) instanceof Entries entries && entries != root) {
            entries.entries().forEach((name, entry) -> {
                if (!form.matcher(name).matches()) {
                    problems.add(
                            entry.key(),
                            "a name that cannot be used (expected: up to 100 letters, digits and . _ : -)");
                }
            });
        }
    }

    /** The names of a section as written, also of entries that could not be bound. */
    static Set<String> of(Tree root, String section) {
        return root.find(section).orElse(root) instanceof Entries entries && entries != root
                ? entries.entries().keySet()
                : Set.of();
    }
}
