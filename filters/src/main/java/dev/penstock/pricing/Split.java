package dev.penstock.pricing;

import dev.penstock.core.Usage;
import java.util.Set;

/**
 * How the tokens of one call fall to the items of a price list, each token once. A part that is more than its whole is cut,
 * so that a wrong report never costs more than its totals say. Where a report does not say which tokens a cache held, text
 * is taken before audio and images, which are dearer.
 */
final class Split {

    private static final int ITEMS = Item.values().length;

    private final Set<Item> priced;
    private final long[] units = new long[ITEMS];

    private Split(Set<Item> priced) {
        this.priced = priced;
    }

    /** By the ordinal of the item; 0 for those that nothing falls to. */
    static long[] of(Usage usage, Set<Item> priced) {
        Split split = new Split(priced);
        split.input(usage);
        split.output(usage);
        split.put(Item.WEB_SEARCH, Math.max(usage.webSearches(), 0));
        split.put(Item.REQUEST, priced.contains(Item.REQUEST) ? 1 : 0);
        return split.units;
    }

    private void input(Usage usage) {
        long all = Math.max(usage.input(), 0);
        if (isPlain(usage)) {
            put(Item.INPUT, all);
            return;
        }
        long audio = own(Item.AUDIO_INPUT, usage.audioInput(), all);
        long image = own(Item.IMAGE_INPUT, usage.imageInput(), all - audio);
        long[] left = {all - audio - image, audio, image};
        long read = part(usage.cacheRead(), all);
        long hour = part(usage.cacheWrite1h(), all - read);
        long written = part(usage.cacheWrite5m(), all - read - hour);
        long[] cached = take(read, left);
        take(hour + written, left);
        put(Item.CACHED_INPUT, cached[0]);
        put(Item.CACHED_AUDIO_INPUT, cached[1]);
        put(Item.CACHED_IMAGE_INPUT, cached[2]);
        put(Item.CACHE_WRITE_HOUR, hour);
        put(Item.CACHE_WRITE, written);
        put(Item.INPUT, left[0]);
        put(Item.AUDIO_INPUT, left[1]);
        put(Item.IMAGE_INPUT, left[2]);
    }

    /** Whether all of the input is text that no cache held or keeps. */
    private static boolean isPlain(Usage usage) {
        return usage.cacheRead() <= 0
                && usage.cacheWrite5m() <= 0
                && usage.cacheWrite1h() <= 0
                && usage.audioInput() <= 0
                && usage.imageInput() <= 0;
    }

    private void output(Usage usage) {
        long left = Math.max(usage.output(), 0);
        left -= put(Item.AUDIO_OUTPUT, own(Item.AUDIO_OUTPUT, usage.audioOutput(), left));
        left -= put(Item.IMAGE_OUTPUT, own(Item.IMAGE_OUTPUT, usage.imageOutput(), left));
        left -= put(Item.REASONING, own(Item.REASONING, usage.reasoning(), left));
        put(Item.OUTPUT, left);
    }

    /** A part with a price of its own; without one it stays in the whole. */
    private long own(Item item, long part, long whole) {
        return priced.contains(item) ? part(part, whole) : 0;
    }

    private static long part(long part, long whole) {
        return Math.min(Math.max(part, 0), whole);
    }

    /** Takes from the first heap that has something, then from the next; says how much from each. */
    private static long[] take(long amount, long[] heaps) {
        long[] taken = new long[heaps.length];
        long open = amount;
        for (int i = 0; i < heaps.length; i++) {
            taken[i] = Math.min(open, heaps[i]);
            heaps[i] -= taken[i];
            open -= taken[i];
        }
        return taken;
    }

    private long put(Item item, long count) {
        if (count > 0) {
            units[item.ordinal()] = count;
        }
        return count;
    }
}
