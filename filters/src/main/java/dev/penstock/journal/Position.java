package dev.penstock.journal;

/**
 * Where a record is.
 *
 * @param chain the instance's
 * @param seq from 1, without gaps
 * @param hash SHA-256 of the hash before and the record's bytes, in hex
 */
public record Position(String chain, long seq, String hash) {}
