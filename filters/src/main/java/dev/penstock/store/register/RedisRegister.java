package dev.penstock.store.register;

import dev.penstock.core.Json;
import dev.penstock.store.Bulletin;
import dev.penstock.store.RedisConnection;
import dev.penstock.store.RedisScript;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * A register in Redis. A change is told by the bulletin, which is read twice a second, and found without it by a look every four
 * seconds. While Redis is away the copy goes on; what this instance knows and Redis lost is told to it again.
 */
final class RedisRegister implements Register {

    private static final RedisScript READ = RedisScript.of(RedisRegister.class, "read-1.lua");
    private static final RedisScript WRITE = RedisScript.of(RedisRegister.class, "write-1.lua");

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration EVERY = Duration.ofSeconds(4);
    private static final Duration TOLD = Duration.ofSeconds(15);
    private static final int TRIES = 8;

    private final RedisConnection redis;
    private final String name;
    private final List<String> keys;
    private final Copy copy;
    private final CopyFile file;
    private final Absence absence;
    private final Absence refusal;
    private final Disposable looking;
    private volatile String version = "";
    private volatile boolean inVain;
    private volatile @Nullable Bulletin bulletin;
    private CompletableFuture<Void> reading = CompletableFuture.completedFuture(null);
    private @Nullable CompletableFuture<Void> waiting;

    /**
     * Begins with what the file holds.
     *
     * @param agreement what is kept of two versions of a document; what Redis then has not is told to it
     */
    RedisRegister(RedisConnection redis, String name, BinaryOperator<ObjectNode> agreement, CopyFile file) {
        this.redis = redis;
        this.name = name;
        this.file = file;
        this.copy = new Copy(agreement);
        this.keys = List.of("penstock:{register}:1:" + name, "penstock:{register}:1:" + name + ":version");
        this.absence = new Absence(
                "register '" + name
                        + "': Redis does not answer ({}); what is known of it goes on, and changes of others are not heard",
                "register '" + name + "': Redis answers again");
        this.refusal = new Absence(
                "register '" + name + "': Redis does not take what it does not have ({}); it is told again and again",
                "register '" + name + "': Redis takes what it does not have");
        begin();
        this.looking = Mono.defer(() -> Mono.fromFuture(look(), true))
                .onErrorComplete()
                .then(Mono.delay(EVERY))
                .repeat()
                .subscribe();
    }

    private void begin() {
        copy.begin(asRead(file.read()));
        copy.follow(all -> {
            if (copy.isKnown()) {
                file.keep(all);
            }
        });
    }

    private CompletableFuture<Void> look() {
        file.again();
        return refresh();
    }

    /** Tells the others by it, and listens to what they tell. */
    void listen(Bulletin to) {
        bulletin = to;
        String prefix = "register|" + name + "|";
        to.read(news -> {
            boolean changed = news.notices().keySet().stream()
                    .anyMatch(notice -> notice.startsWith(prefix) && !notice.equals(prefix + version));
            if (changed) {
                refresh();
            }
        });
    }

    @Override
    public Map<String, ObjectNode> all() {
        return copy.all();
    }

    @Override
    public boolean isKnown() {
        return copy.isKnown();
    }

    @Override
    public CompletableFuture<ObjectNode> change(String id, UnaryOperator<@Nullable ObjectNode> change) {
        return refresh().thenCompose(read -> changed(id, change, TRIES));
    }

    private CompletableFuture<ObjectNode> changed(String id, UnaryOperator<@Nullable ObjectNode> change, int tries) {
        ObjectNode after = Changes.of(copy.all().get(id), change);
        return write("next", Map.of(id, after)).thenCompose(written -> {
            if (written > 0) {
                return CompletableFuture.completedFuture(after);
            }
            return tries == 0
                    ? CompletableFuture.failedFuture(new TimeoutException("others change '" + id + "' all the time"))
                    : refresh().thenCompose(read -> changed(id, change, tries - 1));
        });
    }

    @Override
    public CompletableFuture<Void> merge(Map<String, ObjectNode> documents) {
        return documents.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : write("merge", documents)
                        .whenComplete((written, failed) -> refusal.heard(failed))
                        .thenCompose(written -> {
                            inVain = written == 0;
                            return refresh();
                        });
    }

    private CompletableFuture<Long> write(String how, Map<String, ObjectNode> documents) {
        String next = UUID.randomUUID().toString();
        List<String> words = new ArrayList<>(List.of(next, how));
        documents.forEach((id, document) -> {
            words.add(id);
            words.add(Long.toString(Copy.revision(document)));
            words.add(Json.LENIENT_DEPTH.text(document));
        });
        return WRITE.run(redis, keys, words)
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(answer -> {
                    long written = (Long) answer.get(0);
                    Bulletin told = bulletin;
                    if (written > 0 && how.equals("next")) {
                        copy.take(asRead(documents));
                    }
                    if (written > 0) {
                        // a Redis that loses this write has the version again that was known before it
                        version = "";
                    }
                    if (written > 0 && told != null) {
                        told.post("register|" + name + "|" + next, TOLD, "");
                    }
                    return written;
                });
    }

    /** As Redis gives them back: what is no Unicode is lost on the way, and numbers are other nodes of the same value. */
    private static Map<String, ObjectNode> asRead(Map<String, ObjectNode> documents) {
        Map<String, ObjectNode> read = new LinkedHashMap<>();
        documents.forEach((id, document) -> {
            byte[] text = Json.LENIENT_DEPTH.text(document).getBytes(StandardCharsets.UTF_8);
            read.put(id, (ObjectNode) Json.LENIENT_DEPTH.read(text));
        });
        return read;
    }

    /** One at a time. Whoever asks while one runs gets the next, since what runs may have looked before the change. */
    @Override
    public synchronized CompletableFuture<Void> refresh() {
        if (reading.isDone()) {
            reading = read();
            return reading;
        }
        CompletableFuture<Void> next = waiting;
        if (next == null) {
            // on another thread in any case: it takes this lock after it was noted down here
            next = reading.handleAsync((done, failed) -> null).thenCompose(ignored -> next());
            waiting = next;
        }
        return next;
    }

    private synchronized CompletableFuture<Void> next() {
        waiting = null;
        reading = read();
        return reading;
    }

    private CompletableFuture<Void> read() {
        String sent = version;
        return READ.run(redis, keys, List.of(sent))
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .thenAccept(answer -> take(sent, answer))
                .whenComplete((done, failed) -> absence.heard(failed));
    }

    /** Where the version is the one that was sent, no documents came with it. */
    private void take(String sent, List<Object> answer) {
        String read = (String) answer.get(0);
        if (read.equals(sent)) {
            return;
        }
        Map<String, ObjectNode> documents = new LinkedHashMap<>();
        for (int i = 1; i < answer.size(); i += 2) {
            String text = (String) answer.get(i + 1);
            ObjectNode document = (ObjectNode) Json.LENIENT_DEPTH.read(text.substring(text.indexOf(' ') + 1));
            documents.put((String) answer.get(i), document);
        }
        // before the look at what is ahead: a write in between either forgets it again or is seen to be ahead
        version = read;
        copy.take(documents);
        Map<String, ObjectNode> lost = copy.ahead(documents);
        if (lost.isEmpty()) {
            return;
        }
        version = "";
        if (inVain) {
            // the next look tells it again: at once it would go round as fast as Redis answers
            inVain = false;
        } else {
            merge(lost);
        }
    }

    @Override
    public void follow(Consumer<Map<String, ObjectNode>> reader) {
        copy.follow(reader);
    }

    @Override
    public void close() {
        looking.dispose();
        file.close();
    }
}
