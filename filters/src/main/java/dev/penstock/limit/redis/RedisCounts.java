package dev.penstock.limit.redis;

import dev.penstock.limit.redis.Leases.Permit;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The scripts of limits, run in Redis. Thread-safe; never waits. */
final class RedisCounts {

    private static final String COUNT = script("limits-1.lua");
    private static final String BEAT = script("beat-1.lua");

    private final Supplier<CompletionStage<RedisClusterAsyncCommands<String, String>>> redis;

    RedisCounts(Supplier<CompletionStage<RedisClusterAsyncCommands<String, String>>> redis) {
        this.redis = redis;
    }

    CompletableFuture<List<Long>> ask(List<String> keys, List<String> words) {
        return run(COUNT, ScriptOutputType.MULTI, keys, words);
    }

    /** How many instances live. */
    CompletableFuture<Long> beat(List<String> keys, List<String> words) {
        return run(BEAT, ScriptOutputType.INTEGER, keys, words);
    }

    CompletableFuture<List<String>> subjects(String index) {
        return redis.get().thenCompose(it -> it.zrange(index, 0, -1)).toCompletableFuture();
    }

    /** One that is not removed ends with its lease. */
    void remove(List<Permit> permits) {
        permits.forEach(permit -> redis.get().thenCompose(it -> it.zrem(permit.key(), permit.name())));
    }

    CompletableFuture<Long> leave(String instance) {
        return redis.get().thenCompose(it -> it.zrem(Keys.LIVING, instance)).toCompletableFuture();
    }

    private <T> CompletableFuture<T> run(String script, ScriptOutputType type, List<String> keys, List<String> words) {
        String[] named = keys.toArray(String[]::new);
        String[] told = words.toArray(String[]::new);
        return redis.get()
                .thenCompose(it -> it.<T>evalsha(it.digest(script), type, named, told)
                        .exceptionallyCompose(failed -> isForgotten(failed)
                                ? it.eval(script, type, named, told)
                                : CompletableFuture.failedStage(failed)))
                .toCompletableFuture();
    }

    // a Redis that was restarted, or whose scripts were flushed, learns it by the call itself
    private static boolean isForgotten(Throwable failed) {
        Throwable cause = failed instanceof CompletionException ? failed.getCause() : failed;
        return cause instanceof RedisNoScriptException;
    }

    private static String script(String name) {
        try (InputStream from = RedisCounts.class.getResourceAsStream(name)) {
            return new String(from.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
