package dev.penstock.admit;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What is let in.
 *
 * @param maxBody counted as it arrives, also when chunked
 * @param maxDepth nesting of JSON objects and arrays
 * @param bodyTimeout from the request's head to the body's last byte
 * @param inFlightBytes request bodies held at once, over all requests
 */
public record InboundConfig(
        @DefaultValue("10MB") DataSize maxBody,
        @DefaultValue("64") int maxDepth,
        @DefaultValue("30s") Duration bodyTimeout,
        @DefaultValue("256MB") DataSize inFlightBytes) {}
