package dev.penstock.exchange;

/** The configuration that new requests get now; for what is not a step, such as built-in endpoints. Thread-safe. */
@FunctionalInterface
public interface CurrentSettings {

    Settings get();
}
