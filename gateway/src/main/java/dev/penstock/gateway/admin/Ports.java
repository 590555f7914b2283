package dev.penstock.gateway.admin;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Tells the administrators' port from the callers': Spring serves the one with the beans of the other. Every request asks, and to
 * look through the environment costs as much as a small step: once both ports are open they are kept.
 */
public final class Ports {

    private static final int NONE = -1;

    private final Environment environment;
    private volatile @Nullable Open open;

    public Ports(Environment environment) {
        this.environment = environment;
    }

    private record Open(int data, int admin) {}

    /** Never where both are one port, as in a test without a network. */
    public boolean isAdmin(ServerWebExchange web) {
        return isAdmin(web.getRequest());
    }

    /** The same, before there is an exchange. */
    public boolean isAdmin(ServerHttpRequest request) {
        Open known = open == null ? look() : open;
        InetSocketAddress here = request.getLocalAddress();
        return known != null && here != null && known.admin() != known.data() && here.getPort() == known.admin();
    }

    /** The administrators' may be open, and asked, before the callers' is. */
    private @Nullable Open look() {
        Integer data = environment.getProperty("local.server.port", Integer.class);
        Integer admin = environment.getProperty("local.management.port", Integer.class);
        if (admin == null) {
            return null;
        }
        if (data == null) {
            return new Open(NONE, admin);
        }
        Open both = new Open(data, admin);
        open = both;
        return both;
    }
}
