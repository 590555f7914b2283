/**
 * Tokens of a configured issuer: whose they are, by signature and claims.
 *
 * <p>Only algorithms of a list are looked at, none of which is symmetric, and only keys that the issuer publishes. What it
 * publishes is fetched without waiting for it where a known key will do. The surprising thing: a token that was checked is believed
 * for up to a minute without another look.
 */
@NullMarked
package dev.penstock.keys.jwt;

import org.jspecify.annotations.NullMarked;
