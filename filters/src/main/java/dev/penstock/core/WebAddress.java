package dev.penstock.core;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Reads addresses that something is posted to. */
public final class WebAddress {

    private WebAddress() {}

    /** Absent when the text is empty or no {@code http(s)} address with a host. */
    public static Optional<URI> of(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }
}
