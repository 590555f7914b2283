package dev.penstock.usage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** What instances other than this one have summed up. */
interface OtherInstances {

    /** There are none. */
    OtherInstances NONE = (from, to) -> Mono.just(new Told(List.of(), true));

    /**
     * The slots that begin in {@code [from, to)}; never fails.
     */
    Mono<Told> between(Instant from, Instant to);

    /**
     * One map for each instance.
     *
     * @param complete false when they could not be asked
     */
    record Told(List<Map<Slot, Sum>> instances, boolean complete) {}
}
