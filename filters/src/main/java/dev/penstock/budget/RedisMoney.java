package dev.penstock.budget;

import dev.penstock.budget.Ledger.Standing;
import dev.penstock.store.RedisConnection;
import dev.penstock.store.RedisScript;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisException;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The scripts of budgets, and the names of their keys. The part in braces puts all of them into one slot of a cluster; the digit is
 * the form of what they hold. Thread-safe; never waits, and has no time-outs.
 */
final class RedisMoney {

    /** How long an end is remembered that is confirmed and not told again; longer than any command may be under way. */
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private static final String PREFIX = "penstock:{budgets}:1:";
    private static final String EPOCH = PREFIX + "epoch";
    private static final String LEASES = PREFIX + "leases";
    private static final String FLEET = PREFIX + "fleet";

    private static final RedisScript HOLD = script("hold-1.lua");
    private static final RedisScript SETTLE = script("settle-1.lua");
    private static final RedisScript FORGET = script("forget-1.lua");
    private static final RedisScript TOUCH = script("touch-1.lua");
    private static final RedisScript SWEEP = script("sweep-1.lua");
    private static final RedisScript JOIN = script("join-1.lua");
    private static final RedisScript SUBTOTAL = script("subtotal-1.lua");

    private final RedisConnection redis;
    private final String instance;
    private final Supplier<String> now;
    private final AtomicLong trips = new AtomicLong();

    /** @param now ms since 1970; empty for Redis' own clock, which is what decides but for tests */
    RedisMoney(RedisConnection redis, String instance, Supplier<String> now) {
        this.redis = redis;
        this.instance = instance;
        this.now = now;
    }

    private static RedisScript script(String name) {
        return RedisScript.of(RedisMoney.class, name);
    }

    /** See {@link RedisConnection#onLost}. */
    void onLost(Runnable task) {
        redis.onLost(task);
    }

    CompletableFuture<List<Object>> hold(String epoch, String id, List<Claim> claims, Duration lease, boolean forced) {
        List<String> keys = keys(EPOCH, LEASES, reservation(id));
        List<String> words = words(epoch, instance, ms(lease), forced ? "1" : "0");
        for (Claim claim : claims) {
            Account account = claim.account();
            keys.add(account(account.key()));
            words.add(Long.toString(claim.amount()));
            words.add(Long.toString(account.limit()));
            words.add(Long.toString(account.begins().toEpochMilli()));
            words.add(Long.toString(account.ends().toEpochMilli()));
            words.add(account.config().lost() == BudgetConfig.Lost.CHARGE_RESERVED ? "charge" : "release");
        }
        return run(HOLD, keys, words);
    }

    CompletableFuture<List<Object>> settle(String epoch, String id, List<Posting> lines) {
        return settle(epoch, id, lines, "settle");
    }

    /** Only where Redis knows of it. */
    CompletableFuture<List<Object>> owed(String epoch, String id, List<Posting> lines) {
        return settle(epoch, id, lines, "owed");
    }

    private CompletableFuture<List<Object>> settle(String epoch, String id, List<Posting> lines, String mode) {
        List<String> keys = keys(EPOCH, LEASES, reservation(id));
        List<String> words = words(epoch, instance, mode);
        post(lines, keys, words);
        return run(SETTLE, keys, words);
    }

    /** @param reservation as {@link #sweep} told it */
    CompletableFuture<List<Object>> lose(String epoch, String reservation) {
        return ask(it -> it.hgetall(reservation)).thenCompose(held -> {
            List<String> keys = keys(EPOCH, LEASES, reservation);
            IntStream.rangeClosed(1, Integer.parseInt(held.getOrDefault("n", "0")))
                    .forEach(i -> keys.add(held.get("k" + i)));
            return run(SETTLE, keys, words(epoch, instance, "lost"));
        });
    }

    /** These ends are confirmed, and are not told again. */
    CompletableFuture<List<Object>> forget(List<String> ids) {
        return run(FORGET, ids.stream().map(RedisMoney::reservation).toList(), words(ms(REMEMBERED)));
    }

    CompletableFuture<List<Object>> touch(List<String> ids, Duration lease) {
        List<String> words = words(ms(lease));
        ids.forEach(id -> words.add(reservation(id)));
        return run(TOUCH, keys(LEASES), words);
    }

    CompletableFuture<List<Object>> sweep(Duration silent, int most) {
        return run(SWEEP, keys(EPOCH, LEASES, FLEET), words(instance, ms(silent), Integer.toString(most)));
    }

    /** Empty where Redis has none. */
    CompletableFuture<String> epoch() {
        return ask(it -> it.hget(EPOCH, "id")).thenApply(id -> id == null ? "" : id);
    }

    CompletableFuture<List<Object>> enter(String candidate, Duration grace, boolean unsure, List<String> peers) {
        List<String> words = words(instance, "enter", candidate, ms(grace), unsure ? "1" : "0");
        words.addAll(peers);
        return run(JOIN, keys(EPOCH), words);
    }

    CompletableFuture<List<Object>> done(String epoch) {
        return run(JOIN, keys(EPOCH), words(instance, "done", epoch, "0", "0"));
    }

    CompletableFuture<List<Object>> state(String epoch, List<Posting> sums) {
        List<String> keys = keys(EPOCH);
        List<String> words = words(epoch, instance);
        post(sums, keys, words);
        return run(SUBTOTAL, keys, words);
    }

    /** Fails where Redis' data is not that of the epoch. */
    CompletableFuture<List<Standing>> standings(String epoch, List<Account> accounts) {
        return ask(it -> {
            CompletableFuture<String> id = it.hget(EPOCH, "id").toCompletableFuture();
            List<CompletableFuture<Standing>> all = accounts.stream()
                    .map(account -> it.hmget(account(account.key()), "used", "rsv")
                            .toCompletableFuture()
                            .thenApply(RedisMoney::standing))
                    .toList();
            return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                    .thenCombine(id, (done, found) -> {
                        if (!epoch.equals(found == null ? "" : found)) {
                            throw new RedisException("its data is of another epoch");
                        }
                        return all.stream().map(CompletableFuture::join).toList();
                    });
        });
    }

    /** True for the first instance that asks. */
    CompletableFuture<Boolean> first(Account account, int mark, Duration remembered) {
        String key = PREFIX + "m:" + account.key() + ":" + mark;
        SetArgs once = SetArgs.Builder.nx().px(remembered);
        return ask(it -> it.set(key, instance, once)).thenApply("OK"::equals);
    }

    CompletableFuture<Map<String, String>> settings() {
        return ask(it -> it.configGet("maxmemory-policy").thenCombine(it.configGet("appendonly"), (a, b) -> {
            a.putAll(b);
            return a;
        }));
    }

    String instance() {
        return instance;
    }

    /** Commands sent so far. */
    long trips() {
        return trips.get();
    }

    private static Standing standing(List<KeyValue<String, String>> sums) {
        return new Standing(
                Long.parseLong(sums.get(0).getValueOrElse("0")),
                Long.parseLong(sums.get(1).getValueOrElse("0")));
    }

    private static void post(List<Posting> lines, List<String> keys, List<String> words) {
        for (Posting line : lines) {
            keys.add(account(line.key()));
            words.add(Long.toString(line.amount()));
            words.add(Long.toString(line.ends().toEpochMilli()));
        }
    }

    private <T> CompletableFuture<T> ask(
            Function<RedisClusterAsyncCommands<String, String>, CompletionStage<T>> command) {
        trips.incrementAndGet();
        return redis.commands().thenCompose(command).toCompletableFuture();
    }

    private CompletableFuture<List<Object>> run(RedisScript script, List<String> keys, List<String> words) {
        trips.incrementAndGet();
        return script.run(redis, keys, words);
    }

    private static List<String> keys(String... first) {
        return new ArrayList<>(List.of(first));
    }

    private List<String> words(String... after) {
        List<String> words = new ArrayList<>();
        words.add(now.get());
        words.addAll(List.of(after));
        return words;
    }

    /** How {@link #sweep} names it. */
    static String reservation(String id) {
        return PREFIX + "r:" + id;
    }

    private static String account(String key) {
        return PREFIX + "b:" + key;
    }

    private static String ms(Duration time) {
        return Long.toString(time.toMillis());
    }
}
