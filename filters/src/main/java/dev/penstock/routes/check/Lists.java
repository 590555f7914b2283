package dev.penstock.routes.check;

import dev.penstock.routes.file.Tree;
import dev.penstock.routes.file.Tree.Items;

/** Finds the tree of a bound list's item; a list of one may have been written without brackets. */
final class Lists {

    private Lists() {}

    static Tree item(Tree list, int index) {
        return list instanceof Items items && index < items.items().size()
                ? items.items().get(index)
                : list;
    }
}
