package dev.penstock.experiment;

import dev.penstock.core.Asked;
import dev.penstock.core.Caller;
import dev.penstock.core.Json;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;

/**
 * What there is to decide upon.
 *
 * @param kind of a content request; empty for others
 * @param routeModel the route's own, for a request that names none
 */
record Request(StickyKey key, Asked asked, String kind, String routeModel) {

    static Request of(LlmExchange exchange, Tags tags) {
        Asked asked = exchange.get(Fact.ASKED);
        boolean content = asked.dialect().isEmpty();
        String user = content ? "" : Json.string(asked.body(), "user");
        String kind = content
                ? ServerWebExchangeUtils.getUriTemplateVariables(exchange.web()).getOrDefault("kind", "")
                : "";
        StickyKey key = key(exchange.get(Fact.CALLER), user.isEmpty() ? tags.user() : user);
        return new Request(key, asked, kind, exchange.routeModel());
    }

    static StickyKey key(Caller caller, String user) {
        return new StickyKey(caller.service(), user);
    }
}
