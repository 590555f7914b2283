package dev.penstock.budget;

import dev.penstock.core.Caller;
import dev.penstock.exchange.Settings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The accounts of a configuration's callers that are open; kept until a window ends, since to find it takes a calendar. Thread-safe. */
final class OpenAccounts {

    private final BudgetSettings settings;
    private final Map<Caller, Kept> callers = new ConcurrentHashMap<>();

    private OpenAccounts(BudgetSettings settings) {
        this.settings = settings;
    }

    /** Open from when they were looked for until the first of their windows ends. */
    private record Kept(List<Account> accounts, Instant from, Instant until) {

        private static Kept of(List<Account> accounts, Instant now) {
            Instant until =
                    accounts.stream().map(Account::ends).min(Instant::compareTo).orElse(Instant.MAX);
            return new Kept(List.copyOf(accounts), now, until);
        }

        private boolean holds(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }
    }

    static OpenAccounts of(Settings settings) {
        return settings.derive(OpenAccounts.class, it -> new OpenAccounts(it.get(BudgetSettings.class)));
    }

    /** Those that every attempt of this caller is charged to. */
    List<Account> of(Caller caller, Instant now) {
        Kept kept = callers.get(caller);
        if (kept == null || !kept.holds(now)) {
            kept = Kept.of(Accounts.of(caller, settings, now), now);
            callers.put(caller, kept);
        }
        return kept.accounts();
    }
}
