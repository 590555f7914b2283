package dev.penstock.pricing;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a price list has a line for. The keys are those of {@code prices.overrides} and of the catalogue's files. */
public enum Item {
    INPUT("input", 1_000_000, null),
    CACHED_INPUT("cached-input", 1_000_000, INPUT),
    CACHE_WRITE("cache-write", 1_000_000, INPUT),
    CACHE_WRITE_HOUR("cache-write-hour", 1_000_000, CACHE_WRITE),
    AUDIO_INPUT("audio-input", 1_000_000, INPUT),
    CACHED_AUDIO_INPUT("cached-audio-input", 1_000_000, AUDIO_INPUT),
    IMAGE_INPUT("image-input", 1_000_000, INPUT),
    CACHED_IMAGE_INPUT("cached-image-input", 1_000_000, IMAGE_INPUT),
    /** Falls back to the input price: models listed with one price have that price for both. */
    OUTPUT("output", 1_000_000, INPUT),
    REASONING("reasoning", 1_000_000, OUTPUT),
    AUDIO_OUTPUT("audio-output", 1_000_000, OUTPUT),
    IMAGE_OUTPUT("image-output", 1_000_000, OUTPUT),
    WEB_SEARCH("web-search", 1_000, null),
    REQUEST("request", 1_000, null);

    private final String key;
    private final int per;
    private final @Nullable Item fallback;

    Item(String key, int per, @Nullable Item fallback) {
        this.key = key;
        this.per = per;
        this.fallback = fallback;
    }

    public String key() {
        return key;
    }

    /** How many units a price is for: a million tokens, a thousand calls. */
    public int per() {
        return per;
    }

    /** The line that is charged instead where a price list lacks this one. */
    Optional<Item> fallback() {
        return Optional.ofNullable(fallback);
    }
}
