package dev.penstock.provider.mock.draft;

import dev.penstock.core.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A campaign in three phases, within the budget and time that its prompt states. */
final class CampaignDraft implements Draft {

    private static final String WHEN = "budget and timeline";

    @Override
    public @Nullable ObjectNode of(Brief brief, long seed) {
        String objective = Phrase.of(brief.text("objective").orElse(""), 300);
        String type = Phrase.of(brief.text("campaign type").orElse(""), 100);
        if (brief.text("objective").isEmpty() || brief.text("campaign type").isEmpty()) {
            return null;
        }
        String audience =
                Phrase.of(brief.member("target audience", "description").orElse("the people we want to reach"), 200);
        ObjectNode plan = Json.object()
                .put(
                        "summary",
                        "A " + type + " campaign with one aim: " + objective + ". It speaks to " + audience
                                + " and tells them one thing at a time." + money(brief)
                                + Manner.of(brief).words());
        strategy(plan.putObject("strategy"), objective, audience, brief);
        timeline(plan.putArray("timeline"), brief);
        assets(plan.putArray("assets"), objective);
        return plan;
    }

    private static String money(Brief brief) {
        String currency = brief.member(WHEN, "currency").map(it -> " " + it).orElse("");
        return brief.member(WHEN, "budget")
                .map(sum -> " Of the budget of " + Phrase.of(sum + currency, 80)
                        + ", half goes into reach, a third into making, and the rest stays in reserve.")
                .orElse("");
    }

    private static void strategy(ObjectNode strategy, String objective, String audience, Brief brief) {
        String voice = brief.text("voice")
                .map(it -> " Told in this voice: " + Phrase.of(it, 200) + ".")
                .orElse("");
        strategy.put("positioning", "For " + audience + " this is the simple way: " + objective + "." + voice);
        strategy.putArray("messages")
                .add(Phrase.capital(objective))
                .add("It is simpler than you might expect")
                .add("Now is a good time to begin");
        strategy.putArray("channels")
                .add("E-mail: to those who know us")
                .add("Social networks: to those who do not")
                .add("Landing page: where every message leads");
        strategy.putArray("measures")
                .add("Visits of the landing page, each week")
                .add("People who take the next step, each week");
    }

    private static void timeline(ArrayNode timeline, Brief brief) {
        String start = Phrase.of(brief.member(WHEN, "start").orElse("Before week 1"), 100);
        String middle = Phrase.of(brief.member(WHEN, "duration").orElse("Weeks 1 to 4"), 100);
        String end = Phrase.of(brief.member(WHEN, "end").orElse("The week after"), 100);
        phase(
                timeline,
                "Preparation",
                start,
                List.of("Write and approve all texts", "Set up the landing page and its figures"));
        phase(
                timeline,
                "Launch and run",
                middle,
                List.of("Send the announcement", "Publish two posts a week", "Look at the figures every Monday"));
        phase(
                timeline,
                "Review",
                end,
                List.of("Compare the figures with the objective", "Keep what worked for the next campaign"));
    }

    private static void phase(ArrayNode timeline, String name, String period, List<String> activities) {
        ArrayNode list =
                timeline.addObject().put("phase", name).put("period", period).putArray("activities");
        activities.forEach(list::add);
    }

    private static void assets(ArrayNode assets, String objective) {
        asset(assets, "Landing page", "web page", "Where every message leads: " + Phrase.of(objective, 200));
        asset(assets, "Announcement", "e-mail", "Tells those who know us what is new and what to do next");
        asset(assets, "Posts", "text and picture", "Two a week, one message each");
    }

    private static void asset(ArrayNode assets, String name, String format, String purpose) {
        assets.addObject().put("name", name).put("format", format).put("purpose", purpose);
    }
}
