package dev.penstock.exchange;

/**
 * What an attempt cost.
 *
 * @param nanoUsd billionths of a US dollar, rounded up, never negative
 * @param priceId names the price that it was computed with
 */
public record Cost(long nanoUsd, String priceId) {}
