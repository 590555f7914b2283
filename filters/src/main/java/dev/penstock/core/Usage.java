package dev.penstock.core;

/**
 * Tokens of one call, normalised over all providers (PROVIDERS 1.5).
 *
 * @param input all input tokens, cached ones included
 * @param cacheRead the part of {@code input} that was served from a cache; never more than {@code input}
 * @param cacheWrite5m the part of {@code input} written to a cache for five minutes, or for a time that was not said
 * @param cacheWrite1h the part of {@code input} written to a cache for an hour
 * @param output all output tokens, reasoning included
 * @param reasoning the part of {@code output} that was reasoning; 0 where the provider does not say
 * @param audioInput the part of {@code input} that was audio
 * @param audioOutput the part of {@code output} that was audio
 * @param source whether the provider said so or we counted
 */
public record Usage(
        long input,
        long cacheRead,
        long cacheWrite5m,
        long cacheWrite1h,
        long output,
        long reasoning,
        long audioInput,
        long audioOutput,
        Source source) {

    public enum Source {
        REPORTED,
        ESTIMATED
    }

    public Usage {
        cacheRead = Math.min(Math.max(cacheRead, 0), Math.max(input, 0));
    }

    public static Usage reported(long input, long output) {
        return new Usage(input, 0, 0, 0, output, 0, 0, 0, Source.REPORTED);
    }

    public Usage cached(long read, long write5m, long write1h) {
        return new Usage(input, read, write5m, write1h, output, reasoning, audioInput, audioOutput, source);
    }

    public Usage reasoning(long tokens) {
        return new Usage(input, cacheRead, cacheWrite5m, cacheWrite1h, output, tokens, audioInput, audioOutput, source);
    }

    public Usage audio(long in, long out) {
        return new Usage(input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning, in, out, source);
    }

    public long total() {
        return input + output;
    }
}
