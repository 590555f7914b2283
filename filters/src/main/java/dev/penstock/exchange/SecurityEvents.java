package dev.penstock.exchange;

/** Takes security events, from any thread; never waits and never fails. */
@FunctionalInterface
public interface SecurityEvents {

    void tell(SecurityEvent event);
}
