package dev.penstock.routes;

import dev.penstock.core.Candidate;
import dev.penstock.experiment.shadow.ShadowSettings;
import dev.penstock.experiment.shadow.ShadowSettings.Shadow;
import dev.penstock.routes.check.Sections;
import dev.penstock.upstream.ProviderConfig;
import java.util.HashMap;
import java.util.Map;

/** Gathers the shadows of all models; those without a share, or whose provider is not enabled, are none. */
final class Shadows {

    private Shadows() {}

    static ShadowSettings of(Sections sections) {
        Map<String, Shadow> shadows = new HashMap<>();
        sections.models()
                .forEach((name, model) -> model.shadow()
                        .filter(shadow -> shadow.share() > 0)
                        .filter(shadow ->
                                sections.providers().get(shadow.provider()).usable())
                        .ifPresent(shadow -> {
                            ProviderConfig provider = sections.providers().get(shadow.provider());
                            Candidate to = new Candidate(shadow.provider(), shadow.model());
                            shadows.put(
                                    name,
                                    new Shadow(
                                            to,
                                            shadow.share(),
                                            provider.dialect().equals("mock")));
                        }));
        return new ShadowSettings(shadows);
    }
}
