package dev.penstock.usage;

import java.time.Instant;

/** What sums are kept for; empty words where a request never got so far. */
record Slot(Instant hour, String service, String team, String provider, String model, String kind) {}
