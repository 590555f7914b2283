package dev.penstock.testing;

/**
 * One server-sent event.
 *
 * @param event its name, empty when it has none
 * @param data its lines joined by newlines
 * @param comment its comment lines joined by newlines, empty when it has none
 */
public record RawEvent(String event, String data, String comment) {}
