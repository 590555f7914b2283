package dev.penstock.provider.mock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Tests for {@link Composer}: what the mock says to content routes and to wishes for JSON. */
class ComposerTests {

    private static final String CONTENT =
            "'response_format':{'type':'json_schema','json_schema':{'name':'post','schema':{"
                    + "'type':'object','properties':{'content':{'type':'string','maxLength':280}},'required':['content'],"
                    + "'additionalProperties':false}}}";

    @ParameterizedTest
    @CsvSource({"twitter, professional, 2", "linkedin, casual, 3", "instagram, neutral, 5", "facebook, funny, 1"})
    void aPostIsAboutItsTopicInThePlatformsCustom(String platform, String tone, int hashtags) {
        String user = "Platform: %s\\nTone: %s\\nTopic: tidal power in Wales".formatted(platform, tone);
        String post = Json.string(json(user, CONTENT), "content");
        assertThat(post).contains("tidal power in Wales").hasSizeLessThanOrEqualTo(280);
        assertThat(post.chars().filter(c -> c == '#').count()).isEqualTo(hashtags);
    }

    @Test
    void aPostKeepsTheLimitThatItsMessageTells() {
        String user = "platform: twitter\\ntopic: tidal power\\ncharacter_limit: 40";
        assertThat(Json.string(json(user, CONTENT), "content"))
                .hasSizeLessThanOrEqualTo(40)
                .isNotBlank();
    }

    @Test
    void aJsonObjectHasTheKeysThatTheMessageShows() {
        String user = "topic: tea. Answer in JSON: {\\\"headline\\\": \\\"...\\\", \\\"keywords\\\": [\\\"...\\\"]}";
        JsonNode object = json(user, "'response_format':{'type':'json_object'}");
        assertThat(Json.string(object, "headline")).isNotBlank();
        assertThat(object.path("keywords").isArray()).isTrue();
    }

    @Test
    void aSystemPromptMayAskForJsonInWords() {
        String request = "{'messages':[{'role':'system','content':'Reply as JSON {\\\"content\\\": \\\"text\\\"}'},"
                + "{'role':'user','content':'topic: tea'}]}";
        JsonNode object = Json.LENIENT_DEPTH.read(Played.of("x", request).content());
        assertThat(Json.string(object, "content")).contains("tea");
    }

    private static JsonNode json(String user, String more) {
        String request = "{'messages':[{'role':'user','content':'" + user + "'}]," + more + "}";
        return Json.LENIENT_DEPTH.read(Played.of("x", request).content());
    }
}
