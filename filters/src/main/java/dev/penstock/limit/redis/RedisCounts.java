package dev.penstock.limit.redis;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.penstock.limit.redis.Leases.Permit;
import dev.penstock.store.RedisConnection;
import dev.penstock.store.RedisScript;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What is asked of Redis about limits. Thread-safe; never waits. */
final class RedisCounts {

    private static final RedisScript COUNT = RedisScript.of(RedisCounts.class, "limits-1.lua");
    private static final RedisScript BEAT = RedisScript.of(RedisCounts.class, "beat-2.lua");

    private final RedisConnection redis;

    RedisCounts(RedisConnection redis) {
        this.redis = redis;
    }

    CompletableFuture<List<Long>> ask(List<String> keys, List<String> words) {
        return COUNT.run(redis, keys, words).thenApply(RedisCounts::numbers);
    }

    /** How many instances live. */
    CompletableFuture<Long> beat(List<String> keys, List<String> words) {
        return BEAT.run(redis, keys, words).thenApply(answer -> numbers(answer).get(0));
    }

    CompletableFuture<List<String>> subjects(String index) {
        return redis.commands().thenCompose(it -> it.zrange(index, 0, -1)).toCompletableFuture();
    }

    /** One that is not removed ends with its lease. */
    CompletableFuture<Void> remove(List<Permit> permits) {
        return CompletableFuture.allOf(
                permits.stream().collect(groupingBy(Permit::key, mapping(Permit::name, toList()))).entrySet().stream()
                        .map(of -> redis.commands()
                                .thenCompose(
                                        it -> it.zrem(of.getKey(), of.getValue().toArray(String[]::new)))
                                .toCompletableFuture())
                        .toArray(CompletableFuture[]::new));
    }

    void leave(String instance) {
        redis.commands().thenCompose(it -> it.zrem(Keys.LIVING, instance));
    }

    private static List<Long> numbers(List<Object> answer) {
        return answer.stream().map(Long.class::cast).toList();
    }
}
