package dev.penstock.upstream;

import dev.penstock.core.Asked;
import dev.penstock.core.Caller;
import dev.penstock.core.Candidate;
import dev.penstock.core.Need;
import dev.penstock.exchange.Settings;
import dev.penstock.exchange.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Which targets a request would go to, and why not to the others; asks no provider. Thread-safe. */
public final class TargetsView {

    private final Targets targets;

    TargetsView(Targets targets) {
        this.targets = targets;
    }

    /** One target in its order; {@code why} is empty for one that would be tried. */
    public record Line(String provider, String model, String why) {}

    /**
     * Every target of a model.
     *
     * @param wanted a model; its variant may name another
     * @throws dev.penstock.core.GatewayException for a model that does not exist
     */
    public List<Line> of(String wanted, Variant variant, Asked asked, Caller caller, Settings settings) {
        String model = variant.model().isEmpty() ? wanted : variant.model();
        UpstreamSettings upstreams = settings.get(UpstreamSettings.class);
        Demand demand = Demand.of(asked);
        ModelConfig named = upstreams.models().get(model);
        boolean goesOn = named == null || named.failover();
        List<Line> lines = new ArrayList<>();
        boolean found = false;
        for (Candidate candidate : Targets.configured(model, upstreams, caller)) {
            String why = variant.mockOnly() && !Rehearsal.isMock(candidate, upstreams)
                    ? "the rollout keeps this caller from real providers"
                    : why(candidate, demand, upstreams);
            if (why.isEmpty() && found && !goesOn) {
                why = "failover is off";
            }
            found |= why.isEmpty();
            lines.add(new Line(candidate.provider(), candidate.model(), why));
        }
        return lines;
    }

    private String why(Candidate candidate, Demand demand, UpstreamSettings settings) {
        ProviderConfig provider = settings.providers().get(candidate.provider());
        if (!provider.usable()) {
            return provider.enabled().contains(false) ? "the provider is disabled" : "the provider has no key";
        }
        return targets.lacking(candidate, demand, settings).stream()
                .map(Need::words)
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "), missing -> missing.isEmpty() ? "" : "it cannot serve: " + missing));
    }
}
