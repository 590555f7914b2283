package dev.penstock.provider;

/**
 * One event of a stream.
 *
 * @param event its name, empty where the framing has none
 * @param data its payload, without the framing
 */
public record Frame(String event, byte[] data) {}
