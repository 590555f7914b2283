package dev.penstock.gateway.admin;

import java.net.InetSocketAddress;
import org.springframework.core.env.Environment;
import org.springframework.web.server.ServerWebExchange;

/** Tells the administrators' port from the callers': Spring serves the one with the beans of the other. */
public final class Ports {

    private final Environment environment;

    public Ports(Environment environment) {
        this.environment = environment;
    }

    /** Never where both are one port, as in a test without a network. */
    public boolean isAdmin(ServerWebExchange web) {
        InetSocketAddress here = web.getRequest().getLocalAddress();
        Integer data = environment.getProperty("local.server.port", Integer.class);
        Integer admin = environment.getProperty("local.management.port", Integer.class);
        return here != null && admin != null && !admin.equals(data) && here.getPort() == admin;
    }
}
