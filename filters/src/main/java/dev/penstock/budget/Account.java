package dev.penstock.budget;

import dev.penstock.core.Instants;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/**
 * One limit of one scope in one window.
 *
 * @param name such as {@code service:demo:daily}
 * @param window such as {@code 2026-11-25 UTC}
 * @param ends when the next window begins
 * @param limit nano-USD
 * @param key name and window: under it money is counted
 * @param endsText {@code ends} as records have it, since many do
 */
record Account(String name, String window, Instant ends, long limit, BudgetConfig config, String key, String endsText) {

    /** How long it is known after its window what was spent in it; Redis' scripts say the same, in ms. */
    static final Duration KEPT = Duration.ofHours(48);

    private static final String GLOBAL = "global";

    Account(String name, String window, Instant ends, long limit, BudgetConfig config) {
        this(name, window, ends, limit, config, name + " " + window, Instants.text(ends));
    }

    /** The accounts of one scope that are open now: none, one or two. */
    static Stream<Account> of(String scope, BudgetConfig config, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, config.zone());
        LocalDate month = today.withDayOfMonth(1);
        return Stream.of(
                        account(scope, "daily", config.daily(), today, today.plusDays(1), config),
                        account(scope, "monthly", config.monthly(), month, month.plusMonths(1), config))
                .flatMap(List::stream);
    }

    private static List<Account> account(
            String scope, String period, Money limit, LocalDate begins, LocalDate ends, BudgetConfig config) {
        ZoneId zone = config.zone();
        return limit.isNone()
                ? List.of()
                : List.of(new Account(
                        scope + ":" + period,
                        begins + " " + zone,
                        ends.atStartOfDay(zone).toInstant(),
                        limit.nanoUsd(),
                        config));
    }

    /** When its window began. */
    Instant begins() {
        return LocalDate.parse(window.substring(0, window.indexOf(' ')))
                .atStartOfDay(config.zone())
                .toInstant();
    }

    /** The same budget in the window of another time. */
    Account in(Instant now) {
        return of(name.substring(0, name.lastIndexOf(':')), config, now)
                .filter(other -> other.name.equals(name))
                .findFirst()
                .orElse(this);
    }

    static String service(String name) {
        return "service:" + name;
    }

    static String key(String service, String id) {
        return "key:" + service + "/" + id;
    }

    static String team(String name) {
        return "team:" + name;
    }

    static String provider(String name) {
        return "provider:" + name;
    }

    static String all() {
        return GLOBAL;
    }
}
