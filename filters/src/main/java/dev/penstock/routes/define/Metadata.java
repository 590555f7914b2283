package dev.penstock.routes.define;

import dev.penstock.routes.file.Tree;
import dev.penstock.routes.file.Tree.Entries;
import dev.penstock.routes.file.Tree.Items;
import dev.penstock.routes.file.Tree.Scalar;
import java.util.LinkedHashMap;
import java.util.Map;

/** A route's metadata as Spring's own properties would hold it: CORS settings are cast to Boolean, for one. */
final class Metadata {

    private Metadata() {}

    static Object of(Tree tree) {
        if (tree instanceof Scalar scalar) {
            return scalar(scalar.text());
        }
        if (tree instanceof Items list) {
            return list.items().stream().map(Metadata::of).toList();
        }
        Map<String, Object> values = new LinkedHashMap<>();
        if (tree instanceof Entries mapping) {
            mapping.entries().forEach((key, entry) -> values.put(key, of(entry.value())));
        }
        return values;
    }

    private static Object scalar(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        return text.matches("-?\\d{1,9}") ? Integer.valueOf(text) : text;
    }
}
