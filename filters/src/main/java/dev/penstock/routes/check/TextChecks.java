package dev.penstock.routes.check;

import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.SecretForms;
import dev.penstock.routes.file.Tree;
import dev.penstock.routes.file.Tree.Entries;
import dev.penstock.routes.file.Tree.Items;
import dev.penstock.routes.file.Tree.Scalar;
import java.util.function.Consumer;

/** Looks at every text of the file. */
final class TextChecks {

    private final Problems problems;

    TextChecks(Problems problems) {
        this.problems = problems;
    }

    /** No provider's key stands in the file itself, not even as a variable's default. */
    void secrets(Tree root) {
        each(root, scalar -> {
            if (SecretForms.in(scalar.raw())) {
                problems.add(scalar, "a provider's key in the file (expected: ${ENV}, or file: with a path)");
            }
        });
    }

    /** Spring evaluates {@code #{…}} in route arguments as code (CVE-2022-22947 and its kin). */
    void expressions(Tree routes) {
        each(routes, scalar -> {
            if (scalar.text().contains("#{")) {
                problems.add(scalar, "an expression #{…} (expected: a plain value)");
            }
        });
    }

    private static void each(Tree tree, Consumer<Scalar> look) {
        if (tree instanceof Scalar scalar) {
            look.accept(scalar);
        } else if (tree instanceof Items list) {
            list.items().forEach(item -> each(item, look));
        } else if (tree instanceof Entries mapping) {
            mapping.entries().values().forEach(entry -> {
                each(entry.key(), look);
                each(entry.value(), look);
            });
        }
    }
}
