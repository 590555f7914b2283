package dev.penstock.keys.jwt;

import java.net.URI;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose tokens are taken, and for what.
 *
 * @param issuer the claim {@code iss}, exactly; empty for nobody's
 * @param audience what the claim {@code aud} has to hold
 * @param claim the claim that names the service, or the role
 * @param jwks where the issuer's keys are; absent for where its OpenID configuration says
 * @param allowPrivate needed for plain http and for loopback, private and link-local addresses
 */
public record JwtConfig(
        @DefaultValue("") String issuer,
        @DefaultValue("") String audience,
        @DefaultValue("sub") String claim,
        Optional<URI> jwks,
        @DefaultValue("false") boolean allowPrivate) {}
