package dev.penstock.pricing;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The section {@code prices:}.
 *
 * @param overrides by {@code provider/model}, as routes.yml names the provider and the target the model; one replaces all
 *     that the catalogue says of that model
 */
public record PricesConfig(
        @DefaultValue("builtin") Source catalogue,
        @DefaultValue Map<String, PriceConfig> overrides) {

    public enum Source {
        BUILTIN
    }

    /** USD for a million tokens, or a thousand calls ({@code web-search}, {@code request}). Absent: see {@link Item}. */
    public record PriceConfig(
            BigDecimal input,
            BigDecimal output,
            Optional<BigDecimal> cachedInput,
            Optional<BigDecimal> cacheWrite,
            Optional<BigDecimal> cacheWriteHour,
            Optional<BigDecimal> reasoning,
            Optional<BigDecimal> audioInput,
            Optional<BigDecimal> audioOutput,
            Optional<BigDecimal> imageInput,
            Optional<BigDecimal> imageOutput,
            Optional<BigDecimal> webSearch,
            Optional<BigDecimal> request) {

        public Map<Item, BigDecimal> usd() {
            Map<Item, BigDecimal> usd = new EnumMap<>(Map.of(Item.INPUT, input, Item.OUTPUT, output));
            cachedInput.ifPresent(it -> usd.put(Item.CACHED_INPUT, it));
            cacheWrite.ifPresent(it -> usd.put(Item.CACHE_WRITE, it));
            cacheWriteHour.ifPresent(it -> usd.put(Item.CACHE_WRITE_HOUR, it));
            reasoning.ifPresent(it -> usd.put(Item.REASONING, it));
            audioInput.ifPresent(it -> usd.put(Item.AUDIO_INPUT, it));
            audioOutput.ifPresent(it -> usd.put(Item.AUDIO_OUTPUT, it));
            imageInput.ifPresent(it -> usd.put(Item.IMAGE_INPUT, it));
            imageOutput.ifPresent(it -> usd.put(Item.IMAGE_OUTPUT, it));
            webSearch.ifPresent(it -> usd.put(Item.WEB_SEARCH, it));
            request.ifPresent(it -> usd.put(Item.REQUEST, it));
            return usd;
        }
    }
}
