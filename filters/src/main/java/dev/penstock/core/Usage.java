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
 * @param imageInput the part of {@code input} that was images
 * @param imageOutput the part of {@code output} that was images
 * @param webSearches searches that the provider ran and bills one by one
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
        long imageInput,
        long imageOutput,
        long webSearches,
        Source source) {

    public enum Source {
        REPORTED,
        ESTIMATED
    }

    public Usage {
        cacheRead = Math.min(Math.max(cacheRead, 0), Math.max(input, 0));
    }

    public static Usage reported(long input, long output) {
        return new Usage(input, 0, 0, 0, output, 0, 0, 0, 0, 0, 0, Source.REPORTED);
    }

    public Usage cached(long read, long write5m, long write1h) {
        return new Usage(
                input,
                read,
                write5m,
                write1h,
                output,
                reasoning,
                audioInput,
                audioOutput,
                imageInput,
                imageOutput,
                webSearches,
                source);
    }

    public Usage reasoning(long tokens) {
        return new Usage(
                input,
                cacheRead,
                cacheWrite5m,
                cacheWrite1h,
                output,
                tokens,
                audioInput,
                audioOutput,
                imageInput,
                imageOutput,
                webSearches,
                source);
    }

    public Usage audio(long in, long out) {
        return new Usage(
                input,
                cacheRead,
                cacheWrite5m,
                cacheWrite1h,
                output,
                reasoning,
                in,
                out,
                imageInput,
                imageOutput,
                webSearches,
                source);
    }

    public Usage images(long in, long out) {
        return new Usage(
                input,
                cacheRead,
                cacheWrite5m,
                cacheWrite1h,
                output,
                reasoning,
                audioInput,
                audioOutput,
                in,
                out,
                webSearches,
                source);
    }

    public Usage searches(long count) {
        return new Usage(
                input,
                cacheRead,
                cacheWrite5m,
                cacheWrite1h,
                output,
                reasoning,
                audioInput,
                audioOutput,
                imageInput,
                imageOutput,
                count,
                source);
    }

    /** With what was counted here, since the provider did not say it all. */
    public Usage estimated(long inputTokens, long outputTokens) {
        return new Usage(
                inputTokens,
                cacheRead,
                cacheWrite5m,
                cacheWrite1h,
                outputTokens,
                reasoning,
                audioInput,
                audioOutput,
                imageInput,
                imageOutput,
                webSearches,
                Source.ESTIMATED);
    }

    /** Both together; estimated where one of them is. */
    public Usage plus(Usage other) {
        return new Usage(
                input + other.input,
                cacheRead + other.cacheRead,
                cacheWrite5m + other.cacheWrite5m,
                cacheWrite1h + other.cacheWrite1h,
                output + other.output,
                reasoning + other.reasoning,
                audioInput + other.audioInput,
                audioOutput + other.audioOutput,
                imageInput + other.imageInput,
                imageOutput + other.imageOutput,
                webSearches + other.webSearches,
                source == Source.ESTIMATED ? source : other.source);
    }

    public long total() {
        return input + output;
    }
}
