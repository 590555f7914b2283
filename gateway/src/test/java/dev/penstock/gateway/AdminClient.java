package dev.penstock.gateway;

import dev.penstock.core.Json;
import dev.penstock.testing.RawClient;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** An administrator of one gateway. */
record AdminClient(RunningGateway gateway, String token) {

    /** Headers of an auditor to whom whoever has the first token gives one, of his own. */
    static Map<String, String> auditor(RunningGateway gateway, String first) {
        String token = new AdminClient(gateway, first)
                .post("/admin/tokens", "{\"name\":\"auditor of a test\",\"role\":\"auditor\"}")
                .text("token");
        return Map.of("authorization", "Bearer " + token);
    }

    /** What was answered. */
    record Told(int status, String retryAfter, JsonNode body) {

        String text(String member) {
            return Json.string(body, member);
        }
    }

    Told get(String path) {
        return send("GET", path, "");
    }

    Told post(String path, String json) {
        return send("POST", path, json);
    }

    Told send(String method, String path, String json) {
        Map<String, String> headers = token.isEmpty() ? Map.of() : Map.of("authorization", "Bearer " + token);
        StringBuilder head =
                new StringBuilder(method + " " + path + " HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (!method.equals("GET")) {
            head.append("content-type: application/json\r\ncontent-length: ")
                    .append(json.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                    .append("\r\n");
        }
        try (RawClient client = RawClient.to(gateway.admin("/")).raw(head + "\r\n" + json)) {
            var answer = client.answer();
            String text = client.text();
            return new Told(
                    answer.status(),
                    String.valueOf(answer.header("retry-after")),
                    answer.header("content-type") == null
                                    || !answer.header("content-type").contains("json")
                            ? Json.object()
                            : Json.LENIENT_DEPTH.read(text));
        }
    }
}
