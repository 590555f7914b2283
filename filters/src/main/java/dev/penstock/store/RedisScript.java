package dev.penstock.store;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.Base16;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** One Lua script, run in Redis by its hash, or whole where Redis does not know it. Thread-safe; never waits. */
public final class RedisScript {

    private final String text;
    private final String hash;

    private RedisScript(String text) {
        this.text = text;
        this.hash = Base16.digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @param name of a resource beside {@code owner} */
    public static RedisScript of(Class<?> owner, String name) {
        try (InputStream from = owner.getResourceAsStream(name)) {
            return new RedisScript(new String(from.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * The script's list, its texts as {@code String} and its integers as {@code Long}. Fails when there is no connection, or with
     * the error that Redis answers; has no time-out of its own.
     */
    public CompletableFuture<List<Object>> run(RedisConnection redis, List<String> keys, List<String> words) {
        String[] named = keys.toArray(String[]::new);
        String[] told = words.toArray(String[]::new);
        return redis.commands().thenCompose(it -> byHash(it, named, told)).toCompletableFuture();
    }

    private CompletionStage<List<Object>> byHash(
            RedisClusterAsyncCommands<String, String> redis, String[] keys, String[] words) {
        return redis.<List<Object>>evalsha(hash, ScriptOutputType.MULTI, keys, words)
                .exceptionallyCompose(failed -> isForgotten(failed)
                        ? redis.eval(text, ScriptOutputType.MULTI, keys, words)
                        : CompletableFuture.failedStage(failed));
    }

    // a Redis that was restarted, or whose scripts were flushed, learns it by the call itself
    private static boolean isForgotten(Throwable failed) {
        Throwable cause = failed instanceof CompletionException ? failed.getCause() : failed;
        return cause instanceof RedisNoScriptException;
    }
}
