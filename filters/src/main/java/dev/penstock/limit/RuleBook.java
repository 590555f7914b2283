package dev.penstock.limit;

import dev.penstock.core.Caller;
import dev.penstock.exchange.Settings;
import dev.penstock.limit.bucket.Rule;
import dev.penstock.limit.bucket.Rule.By;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The rules of a configuration by whom they hold for; made once for each configuration. Thread-safe. */
final class RuleBook {

    private static final String PROVIDERS = "providers";

    private final Map<String, List<Rule>> services;
    private final Map<String, List<Rule>> teams;
    private final Map<String, List<Rule>> providers;
    private final Map<Who, Page> pages = new ConcurrentHashMap<>();

    private RuleBook(LimitSettings settings) {
        services = rules("services", By.SERVICE, settings.services());
        teams = rules("teams", By.TEAM, settings.teams());
        providers = rules(PROVIDERS, By.PROVIDER, settings.providers());
    }

    private record Who(String service, String team) {}

    /**
     * The rules of a caller, those of providers aside.
     *
     * @param request taken once
     * @param attempt taken by every attempt
     */
    record Page(List<Rule> request, List<Rule> attempt) {

        boolean isEmpty() {
            return request.isEmpty() && attempt.isEmpty();
        }
    }

    static RuleBook of(Settings settings) {
        return settings.derive(RuleBook.class, it -> new RuleBook(it.get(LimitSettings.class)));
    }

    Page of(Caller caller) {
        Who who = new Who(caller.service(), caller.team());
        Page known = pages.get(who);
        return known != null ? known : pages.computeIfAbsent(who, this::page);
    }

    List<Rule> ofProvider(String name) {
        return providers.getOrDefault(name, List.of());
    }

    boolean hasProviders() {
        return !providers.isEmpty();
    }

    List<Rule> all() {
        return Stream.of(services, teams, providers)
                .flatMap(at -> at.values().stream())
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    /** Providers' limits are between us and them; callers are not told how those stand. */
    static boolean isOfProvider(Rule rule) {
        return rule.owner().startsWith(PROVIDERS + ".");
    }

    private Page page(Who who) {
        List<Rule> request = new ArrayList<>();
        List<Rule> attempt = new ArrayList<>();
        Stream.of(services.getOrDefault(who.service(), List.of()), teams.getOrDefault(who.team(), List.of()))
                .flatMap(List::stream)
                .distinct()
                .forEach(rule -> (rule.by() == By.MODEL || rule.by() == By.PROVIDER ? attempt : request).add(rule));
        return new Page(List.copyOf(request), List.copyOf(attempt));
    }

    private static Map<String, List<Rule>> rules(String section, By standard, Map<String, List<LimitConfig>> limits) {
        Map<String, List<Rule>> rules = new HashMap<>();
        limits.forEach((name, at) -> {
            if (!at.isEmpty()) {
                rules.put(
                        name,
                        at.stream()
                                .map(limit -> limit.rule(section + "." + name, standard))
                                .toList());
            }
        });
        return rules;
    }
}
