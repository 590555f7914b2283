package dev.penstock.budget;

import dev.penstock.budget.Ledger.Standing;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once a window that a soft mark of a budget was passed. */
final class Marks {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.budget");
    private static final int WHOLE = 100;

    private final Map<String, Integer> told = new ConcurrentHashMap<>();

    void look(Account account, Function<Account, Standing> standing) {
        long percent = percent(standing.apply(account).spent(), account.limit());
        int mark = account.config().soft().stream()
                .filter(each -> each <= percent)
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        if (percent >= WHOLE) {
            mark = WHOLE;
        }
        Integer before = told.getOrDefault(account.key(), 0);
        if (mark > before && told.merge(account.key(), mark, Math::max) == mark) {
            LOG.warn(
                    "{} has spent {} % of its {} USD until {}",
                    account.name(), mark, Money.usd(account.limit()), account.ends());
            told.keySet().removeIf(key -> key.startsWith(account.name() + " ") && !key.equals(account.key()));
        }
    }

    private static long percent(long spent, long limit) {
        return limit == 0 ? 0 : (long) ((double) spent * WHOLE / limit);
    }
}
