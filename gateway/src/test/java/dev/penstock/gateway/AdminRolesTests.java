package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.gateway.admin.AdminRole;
import dev.penstock.gateway.admin.AdminRole.Right;
import dev.penstock.gateway.admin.AdminRoutes;
import dev.penstock.testing.ScriptedUpstream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Who may do what on the administrators' port: every endpoint that there is, by every role, and without one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminRolesTests {

    private static final String FIRST = "the-first-token-of-this-test";

    private final Map<AdminRole, String> tokens = new EnumMap<>(AdminRole.class);
    private ScriptedUpstream upstream;
    private RunningGateway gateway;

    @BeforeAll
    void start() {
        upstream = ScriptedUpstream.start();
        gateway = RunningGateway.with(Wires.oneProvider(upstream, ""), "--PENSTOCK_ADMIN_TOKEN=" + FIRST);
        for (AdminRole role : AdminRole.values()) {
            AdminClient.Told told =
                    first().post("/admin/tokens", "{\"name\":\"of a test\",\"role\":\"" + role.wire() + "\"}");
            assertThat(told.status()).isEqualTo(201);
            tokens.put(role, told.text("token"));
        }
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    private AdminClient first() {
        return new AdminClient(gateway, FIRST);
    }

    private AdminClient of(AdminRole role) {
        return new AdminClient(gateway, tokens.get(role));
    }

    @TestFactory
    Stream<DynamicTest> everyEndpointByEveryRole() {
        return gateway.bean(AdminRoutes.class).endpoints().stream().flatMap(endpoint -> {
            String path = endpoint.path().replaceAll("\\{\\w+}", "nothere");
            String name = endpoint.method() + " " + endpoint.path();
            Stream<DynamicTest> roles = Arrays.stream(AdminRole.values())
                    .map(role -> DynamicTest.dynamicTest(name + " as " + role, () -> {
                        AdminClient.Told told = of(role).send(endpoint.method().name(), path, "");
                        if (role.may(endpoint.right())) {
                            assertThat(told.status()).isNotIn(401, 403, 405, 500);
                        } else {
                            assertThat(told.status()).isEqualTo(403);
                            assertThat(told.text("code")).isEqualTo("role_missing");
                        }
                    }));
            return Stream.concat(roles, Stream.of(DynamicTest.dynamicTest(name + " without a token", () -> {
                AdminClient.Told told =
                        new AdminClient(gateway, "").send(endpoint.method().name(), path, "");
                assertThat(told.status()).isEqualTo(401);
                assertThat(told.text("code")).isEqualTo("key_unknown");
            })));
        });
    }

    /** The table of the contract, said once more, so that a change of it is a change of two places. */
    @Test
    void theRolesAreTheContracts() {
        assertThat(Arrays.stream(AdminRole.values())
                        .map(role -> role.wire()
                                + Arrays.stream(Right.values())
                                        .filter(role::may)
                                        .toList())
                        .toList())
                .containsExactly(
                        "viewer[VIEW]",
                        "auditor[VIEW, CONTENT]",
                        "operator[VIEW, OPERATE]",
                        "admin[VIEW, OPERATE, ADMINISTER]");
        assertThat(Arrays.stream(AdminRole.values()).filter(AdminRole::mayReadContent))
                .containsExactly(AdminRole.AUDITOR);
    }

    @Test
    void nothingIsChangedByWhoMayNot() {
        int before = first().get("/admin/keys").body().path("keys").size();
        assertThat(of(AdminRole.OPERATOR)
                        .post("/admin/keys", "{\"service\":\"test\"}")
                        .status())
                .isEqualTo(403);
        assertThat(first().get("/admin/keys").body().path("keys").size()).isEqualTo(before);
        Records denied = Records.in(
                gateway.data(),
                found -> found.of("security").stream()
                        .anyMatch(event -> Json.string(event, "event").equals("admin_denied")));
        assertThat(denied.of("admin")).anySatisfy(record -> {
            assertThat(Json.string(record, "outcome")).isEqualTo("role_missing");
            assertThat(Json.string(record.path("who"), "role")).isEqualTo("operator");
        });
    }

    @Test
    void aTokenIsShownOnceAndStoredAsADigest() throws Exception {
        String stored = java.nio.file.Files.readString(gateway.data().resolve("tokens.json"));
        String shown = first().get("/admin/tokens").body().toString();
        tokens.values().forEach(token -> {
            assertThat(token).matches("psa_[a-z0-9]+_[0-9A-Za-z]{49}");
            assertThat(stored).doesNotContain(token);
            assertThat(shown).doesNotContain(token).doesNotContain("digest");
            assertThat(Records.in(gateway.data()).all().toString()).doesNotContain(token);
        });
        assertThat(stored).contains("hmac:");
        String digest = stored.substring(stored.indexOf("hmac:"), stored.indexOf("hmac:") + 69);
        assertThat(new AdminClient(gateway, digest).get("/admin/config").status())
                .isEqualTo(401);
    }

    @Test
    void aDeletedTokenOpensNothing() {
        AdminClient.Told made = first().post("/admin/tokens", "{\"name\":\"short\",\"role\":\"viewer\"}");
        AdminClient owner = new AdminClient(gateway, made.text("token"));
        assertThat(owner.get("/admin/config").status()).isEqualTo(200);
        assertThat(first().send("DELETE", "/admin/tokens/" + made.text("id"), "")
                        .status())
                .isEqualTo(200);
        assertThat(owner.get("/admin/config").status()).isEqualTo(401);
        assertThat(first().send("DELETE", "/admin/tokens/" + made.text("id"), "")
                        .status())
                .isEqualTo(404);
        assertThat(first().send("DELETE", "/admin/tokens/first", "").status()).isEqualTo(400);
    }
}
