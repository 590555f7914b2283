package dev.penstock.exchange;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;

/** The same request with attributes of its own, so that the steps of a child find the child. */
final class ChildWeb extends ServerWebExchangeDecorator {

    private final Map<String, Object> attributes;

    ChildWeb(ServerWebExchange parent) {
        super(parent);
        this.attributes = new ConcurrentHashMap<>(parent.getAttributes());
    }

    @Override
    public Map<String, Object> getAttributes() {
        return attributes;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> T getAttribute(String name) {
        return (T) attributes.get(name);
    }
}
