package dev.penstock.upstream;

import dev.penstock.core.Asked;
import dev.penstock.core.Caller;
import dev.penstock.core.Candidate;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Need;
import dev.penstock.core.Told;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Variant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which targets a request may go to, in order. */
final class Targets {

    private final Dialects dialects;

    Targets(Dialects dialects) {
        this.dialects = dialects;
    }

    /** Never empty: throws what is to be told when no target is left. */
    List<Candidate> of(LlmExchange exchange) {
        Asked asked = exchange.get(Fact.CLEARED);
        Variant variant = exchange.get(Fact.VARIANT);
        String model = asked.namedModel().orElse(exchange.routeModel());
        if (model.isEmpty()) {
            throw GatewayException.invalid("model", "missing", "the name of a model");
        }
        UpstreamSettings settings = exchange.settings().get(UpstreamSettings.class);
        Caller caller = exchange.get(Fact.CALLER);
        // what a kind or a route names is its operator's choice
        boolean own = exchange.get(Fact.ASKED).namedModel().isPresent();
        if (own && !caller.mayUse(model)) {
            throw new GatewayException(ErrorCode.MODEL_FORBIDDEN, Told.param("model", null));
        }
        Demand demand = Demand.of(asked);
        // who may ask for a model may have what its operator puts in its place
        String served = variant.model().isEmpty() ? model : variant.model();
        ModelConfig named = settings.models().get(served);
        List<Candidate> usable = named == null || variant.mockOnly()
                ? usable(candidates(served, variant, settings, caller), settings)
                : exchange.settings().derive(Usable.class, it -> new Usable()).of(served, named, settings);
        List<Candidate> able = able(usable, demand, settings);
        return named == null || named.failover() ? able : able.subList(0, 1);
    }

    /** What can be used of each model does not change with the request. */
    private static final class Usable {

        private final Map<String, List<Candidate>> byModel = new ConcurrentHashMap<>();

        private List<Candidate> of(String model, ModelConfig named, UpstreamSettings settings) {
            List<Candidate> known = byModel.get(model);
            if (known == null) {
                known = List.copyOf(usable(ordered(named), settings));
                byModel.put(model, known);
            }
            return known;
        }
    }

    private static List<Candidate> candidates(String model, Variant variant, UpstreamSettings settings, Caller caller) {
        List<Candidate> all = configured(model, settings, caller);
        return variant.mockOnly() ? Rehearsal.of(all, settings) : all;
    }

    /** In order, whether or not they can serve a request; throws {@code model_unknown} for a name that stands for none. */
    static List<Candidate> configured(String model, UpstreamSettings settings, Caller caller) {
        ModelConfig named = settings.models().get(model);
        if (named != null) {
            return ordered(named);
        }
        int slash = model.indexOf('/');
        if (slash > 0 && settings.providers().containsKey(model.substring(0, slash))) {
            return List.of(new Candidate(model.substring(0, slash), model.substring(slash + 1)));
        }
        List<String> known =
                settings.models().keySet().stream().filter(caller::mayUse).toList();
        String message =
                "There is no such model (expected one of: " + String.join(", ", known) + ", or provider/model).";
        throw new GatewayException(
                ErrorCode.MODEL_UNKNOWN, Told.param("model", message).with("models", known));
    }

    private static List<Candidate> ordered(ModelConfig model) {
        return model.targets().stream()
                .sorted(Comparator.comparingInt(ModelConfig.TargetConfig::priority))
                .map(target -> new Candidate(target.provider(), target.model()))
                .toList();
    }

    private static List<Candidate> usable(List<Candidate> candidates, UpstreamSettings settings) {
        List<Candidate> usable = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            if (settings.providers().get(candidate.provider()).usable()) {
                usable.add(candidate);
            }
        }
        if (usable.isEmpty()) {
            throw new GatewayException(
                    ErrorCode.UPSTREAM_UNAVAILABLE, Told.of("No target of this model is enabled."), "all disabled");
        }
        return usable;
    }

    private List<Candidate> able(List<Candidate> usable, Demand demand, UpstreamSettings settings) {
        if (demand.none()) {
            return usable;
        }
        List<Candidate> able = usable.stream()
                .filter(candidate -> lacking(candidate, demand, settings).isEmpty())
                .toList();
        if (able.isEmpty()) {
            throw incapable(usable, demand, settings);
        }
        return able;
    }

    Set<Need> lacking(Candidate candidate, Demand demand, UpstreamSettings settings) {
        Set<Need> lacks =
                dialects.of(settings.providers().get(candidate.provider())).lacks(candidate.model());
        Set<Need> lacking = EnumSet.noneOf(Need.class);
        if (!lacks.isEmpty()) {
            demand.needs().stream().filter(lacks::contains).forEach(lacking::add);
        }
        if (demand.tokens() > 0 && demand.tokens() > window(candidate, settings)) {
            lacking.add(Need.CONTEXT);
        }
        return lacking;
    }

    private static long window(Candidate candidate, UpstreamSettings settings) {
        return settings.windows().of(candidate.provider(), candidate.model()).orElse(Long.MAX_VALUE);
    }

    private GatewayException incapable(List<Candidate> usable, Demand demand, UpstreamSettings settings) {
        List<String> missing = usable.stream()
                .flatMap(candidate -> lacking(candidate, demand, settings).stream())
                .distinct()
                .sorted()
                .map(Need::words)
                .toList();
        String message = "No target of this model can serve this request; missing: " + String.join(", ", missing) + ".";
        return new GatewayException(
                ErrorCode.CAPABILITY_MISSING, Told.of(message).with("missing", missing));
    }
}
