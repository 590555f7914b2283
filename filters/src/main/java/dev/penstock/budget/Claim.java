package dev.penstock.budget;

/** An amount of nano-USD against an account. */
record Claim(Account account, long amount) {}
