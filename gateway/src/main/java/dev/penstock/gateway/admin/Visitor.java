package dev.penstock.gateway.admin;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import tools.jackson.databind.node.ObjectNode;

/**
 * An administrator that the door let in.
 *
 * @param token the id of the token, or the subject of another identity
 */
public record Visitor(String token, AdminRole role) {

    private static final String ATTRIBUTE = Visitor.class.getName();

    /** Of a request that passed the door. */
    public static Visitor of(ServerWebExchange web) {
        Visitor found = web.getAttribute(ATTRIBUTE);
        if (found == null) {
            throw new IllegalStateException("a request that did not pass the administrators' door");
        }
        return found;
    }

    void enter(ServerWebExchange web) {
        web.getAttributes().put(ATTRIBUTE, this);
    }

    /** @throws GatewayException {@code role_missing}, with the roles that may */
    void require(AdminRole.Right right) {
        if (!role.may(right)) {
            List<String> may = Arrays.stream(AdminRole.values())
                    .filter(each -> each.may(right))
                    .map(AdminRole::wire)
                    .toList();
            Told told = Told.of(
                    "The role '" + role.wire() + "' may not do that (expected: " + String.join(" or ", may) + ").");
            throw new GatewayException(ErrorCode.ROLE_MISSING, told.with("roles", may));
        }
    }

    /** As records say it. */
    ObjectNode who(ServerHttpRequest request) {
        return who(request, token).put("role", role.wire());
    }

    static ObjectNode who(ServerHttpRequest request, String token) {
        return Json.object().put("ip", address(request)).put("token", token);
    }

    static String address(ServerHttpRequest request) {
        InetSocketAddress remote = request.getRemoteAddress();
        return remote == null || remote.getAddress() == null
                ? ""
                : remote.getAddress().getHostAddress();
    }
}
