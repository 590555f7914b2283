package dev.penstock.experiment;

import dev.penstock.core.Json;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.experiment.ExperimentConfig.StickyBy;

/**
 * Who a request is from, as draws know it.
 *
 * @param user as the service names it; empty where it names none
 */
record StickyKey(String service, String user) {

    /** The end user in the body of a chat request, else in the header {@code x-penstock-tags: user=…}. */
    static StickyKey of(LlmExchange exchange) {
        String inBody = Json.string(exchange.get(Fact.ASKED).body(), "user");
        String user = exchange.get(Fact.ASKED).dialect().isEmpty() || inBody.isEmpty()
                ? Tags.of(exchange).user()
                : inBody;
        return new StickyKey(exchange.get(Fact.CALLER).service(), user);
    }

    /** A request that names no user counts for its service, also where users are told apart. */
    StickyBy by(StickyBy wanted) {
        return user.isEmpty() ? StickyBy.SERVICE : wanted;
    }

    String text(StickyBy wanted) {
        return by(wanted) == StickyBy.USER ? service + "\0" + user : service;
    }
}
