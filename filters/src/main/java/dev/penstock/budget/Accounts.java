package dev.penstock.budget;

import dev.penstock.core.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Which accounts a call is charged to. */
final class Accounts {

    private Accounts() {}

    /** Those that every attempt of this caller is charged to. */
    static List<Account> of(Caller caller, BudgetSettings settings, Instant now) {
        List<Account> accounts = new ArrayList<>();
        BudgetConfig key =
                settings.keys().getOrDefault(caller.service(), Map.of()).get(caller.keyId());
        if (key != null) {
            Account.of(Account.key(caller.service(), caller.keyId()), key, now).forEach(accounts::add);
        }
        BudgetConfig service = settings.services().get(caller.service());
        if (service != null) {
            Account.of(Account.service(caller.service()), service, now).forEach(accounts::add);
        }
        BudgetConfig team = settings.teams().get(caller.team());
        if (team != null) {
            Account.of(Account.team(caller.team()), team, now).forEach(accounts::add);
        }
        settings.global().ifPresent(all -> Account.of(Account.all(), all, now).forEach(accounts::add));
        return accounts;
    }

    static List<Account> ofProvider(String provider, BudgetSettings settings, Instant now) {
        BudgetConfig config = settings.providers().get(provider);
        return config == null
                ? List.of()
                : Account.of(Account.provider(provider), config, now).toList();
    }

    /** All that are open now. */
    static List<Account> all(BudgetSettings settings, Instant now) {
        Stream<Account> keys = settings.keys().entrySet().stream()
                .flatMap(service -> service.getValue().entrySet().stream()
                        .flatMap(key -> Account.of(Account.key(service.getKey(), key.getKey()), key.getValue(), now)));
        return Stream.of(
                        keys,
                        each(settings.services(), Account::service, now),
                        each(settings.teams(), Account::team, now),
                        each(settings.providers(), Account::provider, now),
                        settings.global().stream().flatMap(all -> Account.of(Account.all(), all, now)))
                .flatMap(accounts -> accounts)
                .toList();
    }

    private static Stream<Account> each(Map<String, BudgetConfig> configs, UnaryOperator<String> scope, Instant now) {
        return configs.entrySet().stream()
                .flatMap(entry -> Account.of(scope.apply(entry.getKey()), entry.getValue(), now));
    }
}
