package dev.penstock.limit.bucket;

/**
 * What is wanted of one limit.
 *
 * @param subject whose count it is, such as the name of a service
 * @param amount never more than the limit itself, or it could never be had; at least 0
 */
public record Claim(Rule rule, String subject, long amount) {}
