package dev.penstock.surface;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How streams are written.
 *
 * @param earlyCommit only {@code off} in this version
 * @param heartbeat silence of a begun stream after which a comment is sent
 */
public record StreamConfig(
        @DefaultValue("off") EarlyCommit earlyCommit,
        @DefaultValue("15s") Duration heartbeat) {

    public enum EarlyCommit {
        OFF
    }
}
