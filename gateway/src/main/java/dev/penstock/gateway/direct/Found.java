package dev.penstock.gateway.direct;

import java.util.Map;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;

/**
 * Where calls of one path go.
 *
 * @param steps the route's filters
 * @param attributes what Spring would tell of the route in the exchange
 */
record Found(GatewayFilterChain steps, Map<String, Object> attributes) {}
