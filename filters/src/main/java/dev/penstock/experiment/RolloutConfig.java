package dev.penstock.experiment;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much traffic is real.
 *
 * @param realTraffic the share of callers whose calls may leave for a real provider; those of the others go to mock targets
 */
public record RolloutConfig(@DefaultValue("100") Percent realTraffic) {}
