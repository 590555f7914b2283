package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.testing.RawClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every shipped kind over HTTP, answered by the mock: a front end can be built on it. */
class KindsTests {

    private static final String MOCK = """
            providers: { mock: { dialect: mock, latency: 0ms } }
            models: { default: { targets: [ { provider: mock, model: marketer } ] } }
            """;

    private static RunningGateway gateway;
    private static final Map<String, ObjectNode> EXAMPLES = new HashMap<>();

    @BeforeAll
    static void start() {
        gateway = RunningGateway.with(MOCK);
        RawClient list = gateway.client().get("/v1/content", RunningGateway.CALLER);
        assertThat(list.answer().status()).isEqualTo(200);
        Json.LENIENT_DEPTH
                .read(list.text())
                .path("kinds")
                .forEach(kind -> EXAMPLES.put(Json.string(kind, "kind"), (ObjectNode) kind.path("example")));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ad-copy",
                "analytics-insights",
                "brand-compliance",
                "campaign-plan",
                "email",
                "landing-page",
                "optimization",
                "social-media",
                "variations"
            })
    void theMocksAnswerToAnExampleFitsAndIsTheSameAgain(String kind) {
        ObjectNode first = (ObjectNode) answer(kind, EXAMPLES.get(kind));
        assertThat(first.path("metadata").path("fallback_used").asBoolean(true))
                .as(first.toString())
                .isFalse();
        assertThat(Json.string(first.path("metadata"), "provider")).isEqualTo("mock");
        ObjectNode second = (ObjectNode) answer(kind, EXAMPLES.get(kind));
        assertThat(second.without("metadata")).isEqualTo(first.without("metadata"));
    }

    @ParameterizedTest
    @CsvSource({"twitter, 280", "linkedin, 3000", "facebook, 63206", "instagram, 2200", "twitter, 60"})
    void aPostKeepsItsLimitAndSaysTheBrandsWords(String platform, int limit) {
        ObjectNode body = EXAMPLES.get("social-media").deepCopy();
        body.put("platform", platform).put("character_limit", limit);
        String content = Json.string(answer("social-media", body), "content");
        assertThat(content.length()).isLessThanOrEqualTo(limit);
        if (limit > 200) {
            assertThat(content).contains("It is about repair, right to repair, coffee.");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "welcome, casual, Hi",
        "promotional, formal, Good day",
        "newsletter, neutral, Hello",
        "follow-up, funny, Hi"
    })
    void anEmailHasItsPlacesAndItsTone(String type, String tone, String greeting) {
        ObjectNode body =
                Json.object().put("email_type", type).put("tone", tone).put("subject", "our spring sale");
        body.putArray("personalization").add("first_name").add("city").add("plan");
        JsonNode email = answer("email", body);
        assertThat(Json.string(email, "content"))
                .startsWith(greeting)
                .contains("{{first_name}}", "{{city}}", "{{plan}}", "our spring sale");
        assertThat(Json.string(email, "subject")).contains("our spring sale").hasSizeLessThanOrEqualTo(78);
    }

    @ParameterizedTest
    @CsvSource({
        "search, google, 30, 90",
        "display, google, 30, 90",
        "social, facebook, 40, 125",
        "video, youtube, 30, 70"
    })
    void anAdKeepsItsLimitsInEveryScript(String type, String platform, int headline, int description) {
        for (String objective : List.of("Sell annual passes of our climbing hall in Ghent", "春の庭仕事セールで新しい道具を買ってもらう")) {
            ObjectNode body =
                    Json.object().put("ad_type", type).put("platform", platform).put("objective", objective);
            JsonNode ad = answer("ad-copy", body);
            assertThat(ad.path("metadata").path("fallback_used").booleanValue()).isFalse();
            assertThat(Json.string(ad, "headline")).hasSizeLessThanOrEqualTo(headline);
            assertThat(Json.string(ad, "description")).hasSizeLessThanOrEqualTo(description);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 20})
    void thereAreAsManyVariationsAsAskedForAndNoTwoAreTheSame(int count) {
        ObjectNode body =
                Json.object().put("original_content", "Fix it on Saturday.").put("variant_count", count);
        body.putArray("variation_strategies").add("shorter").add("as a question");
        JsonNode variations = answer("variations", body).path("variations");
        List<String> contents = new ArrayList<>();
        variations.forEach(variation -> contents.add(Json.string(variation, "content")));
        assertThat(contents).hasSize(count).doesNotHaveDuplicates();
        assertThat(Json.string(variations.path(count - 1), "strategy"))
                .isEqualTo(count % 2 == 1 ? "shorter" : "as a question");
    }

    @Test
    void complianceFindsWhatTheGuidelinesForbid() {
        JsonNode found = answer("brand-compliance", EXAMPLES.get("brand-compliance"));
        assertThat(found.path("compliant").booleanValue()).isFalse();
        assertThat(found.path("issues").toString()).contains("cheapest", "guaranteed", "BeanCo", "Places are limited.");
        ObjectNode clean = EXAMPLES.get("brand-compliance").deepCopy();
        clean.put("content", "Come and repair with us. Places are limited.");
        assertThat(answer("brand-compliance", clean).path("compliant").booleanValue())
                .isTrue();
    }

    @Test
    void insightsQuoteTheFiguresAndSayWhatIsMissing() {
        JsonNode found = answer("analytics-insights", EXAMPLES.get("analytics-insights"));
        assertThat(found.path("insights").toString())
                .contains("Bookings rose (March, by week): from 4 to 12.", "no figure for click rate");
    }

    private static JsonNode answer(String kind, ObjectNode body) {
        RawClient client =
                gateway.client().post("/v1/content/" + kind, RunningGateway.CALLER, Json.LENIENT_DEPTH.text(body));
        int status = client.answer().status();
        String text = client.text();
        assertThat(status).as(text).isEqualTo(200);
        return Json.LENIENT_DEPTH.read(text);
    }
}
