package dev.penstock.keys;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** Who can reach the data port. */
enum DataPort {
    /** Only this machine. */
    LOOPBACK,
    /** Others, or it is not known. */
    OPEN;

    /** Headers that a proxy adds to what it passes on, beside {@code x-forwarded-*}. */
    static final Set<String> FORWARDED = Set.of(
            "forwarded",
            "x-forwarded",
            "x-real-ip",
            "via",
            "cf-connecting-ip",
            "true-client-ip",
            "x-client-ip",
            "x-cluster-client-ip",
            "fastly-client-ip");

    /**
     * By {@code server.address}. Spring's own handling of forwarded headers removes them before any filter sees them, so
     * with it nothing is known.
     */
    static DataPort of(Environment environment) {
        String strategy = environment.getProperty("server.forward-headers-strategy", "none");
        return strategy.equalsIgnoreCase("none") && isLoopback(environment.getProperty("server.address"))
                ? LOOPBACK
                : OPEN;
    }

    /** Names other than {@code localhost} are not looked up: what they resolve to may change. */
    private static boolean isLoopback(@Nullable String address) {
        if (address == null) {
            return false;
        }
        String trimmed = address.trim().toLowerCase(Locale.ROOT);
        return trimmed.equals("localhost")
                || trimmed.equals("::1")
                || trimmed.equals("[::1]")
                || trimmed.matches("127(\\.\\d{1,3}){3}");
    }
}
