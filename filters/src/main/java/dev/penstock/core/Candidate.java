package dev.penstock.core;

/** A target to try for this request: the configured provider and the model name that it is asked for. */
public record Candidate(String provider, String model) {}
