package dev.penstock.routes.check;

import dev.penstock.pricing.PricesConfig;
import dev.penstock.pricing.PricesConfig.PriceConfig;
import dev.penstock.routes.bind.Names;
import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import dev.penstock.routes.file.Tree.Entries;
import dev.penstock.routes.file.Tree.Entry;
import java.math.BigDecimal;
import java.util.Collection;

/** Checks {@code prices.overrides}. */
final class PriceChecks {

    /** Far above any price, and what a cost is computed from without leaving a long. */
    private static final BigDecimal HIGHEST = BigDecimal.valueOf(9000);

    /** A nano-USD. */
    private static final int DECIMALS = 9;

    private final Problems problems;
    private final Collection<String> providers;

    PriceChecks(Problems problems, Collection<String> providers) {
        this.problems = problems;
        this.providers = providers;
    }

    void check(PricesConfig prices, Tree overrides) {
        prices.overrides().forEach((name, price) -> {
            if (overrides instanceof Entries entries && entries.entries().containsKey(name)) {
                Entry entry = entries.entries().get(name);
                name(name, entry.key());
                prices(price, entry.value());
            }
        });
    }

    private void name(String name, Tree at) {
        int slash = name.indexOf('/');
        if (slash < 1 || slash == name.length() - 1) {
            problems.add(at, "'" + name + "' (expected: provider/model, the model as the provider names it)");
        } else if (!providers.contains(name.substring(0, slash))) {
            problems.add(at, Names.unknown("provider", name.substring(0, slash), providers));
        }
    }

    private void prices(PriceConfig price, Tree at) {
        if (problems.under(at.path())) {
            return;
        }
        price.usd().forEach((item, usd) -> {
            boolean whole = usd.stripTrailingZeros().scale() <= DECIMALS;
            if (usd.signum() < 0 || usd.compareTo(HIGHEST) > 0 || !whole) {
                Tree found = at.nearest(item.key());
                problems.add(found, found.kind() + " (expected: USD, 0 to 9000, up to 9 decimals)");
            }
        });
    }
}
