package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.testing.RawClient;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What callers can learn of the kinds. */
class KindsListTests {

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.with(
                "providers: { mock: { dialect: mock } }\nmodels: { default: { targets: [ { provider: mock, model: m } ] } }\n");
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @Test
    void everyKindIsListedWithItsSchemasAndAnExampleThatWorks() {
        JsonNode kinds = Json.LENIENT_DEPTH.read(got("/v1/content")).path("kinds");
        assertThat(kinds).isNotEmpty();
        for (JsonNode kind : kinds) {
            assertThat(kind.path("input").path("properties").has("brand_context"))
                    .isTrue();
            assertThat(kind.path("output").path("type").stringValue()).isEqualTo("object");
            assertThat(kind.path("versions").path(0).path("hash").stringValue()).hasSize(12);
            String path = "/v1/content/" + kind.path("kind").stringValue();
            try (RawClient client = gateway.client()
                    .post(path, RunningGateway.CALLER, kind.path("example").toString())) {
                assertThat(client.answer().status()).as(path).isEqualTo(200);
                assertThat(client.text()).doesNotContain("\"cost_usd\":0E");
            }
        }
    }

    @Test
    void theOpenApiDocumentIsOne() {
        String document = got("/v1/content/openapi.json");
        SwaggerParseResult read = new OpenAPIV3Parser().readContents(document);
        assertThat(read.getMessages()).isEmpty();
        assertThat(read.getOpenAPI().getOpenapi()).isEqualTo("3.1.0");
        assertThat(read.getOpenAPI().getPaths().get("/v1/content/social-media").getPost())
                .isNotNull();
    }

    @Test
    void aBrokenDocumentWouldBeNoticed() {
        String broken = got("/v1/content/openapi.json").replaceFirst("\"paths\":", "\"path\":");
        assertThat(new OpenAPIV3Parser().readContents(broken).getMessages()).isNotEmpty();
    }

    @Test
    void bothNeedAKey() {
        for (String path : new String[] {"/v1/content", "/v1/content/openapi.json"}) {
            try (RawClient client = gateway.client().get(path, Map.of())) {
                assertThat(client.answer().status()).isEqualTo(401);
                assertThat(client.text()).contains("\"code\":\"key_unknown\"");
            }
        }
    }

    private static String got(String path) {
        try (RawClient client = gateway.client().get(path, RunningGateway.CALLER)) {
            assertThat(client.answer().status()).isEqualTo(200);
            return client.text();
        }
    }
}
