package dev.penstock.exchange;

/**
 * Told of each configuration before it comes into force, also of the first; for what must be there by then, such as
 * connection pools. A failure refuses the configuration.
 */
@FunctionalInterface
public interface BeforeSwap {

    void prepare(Settings next);
}
