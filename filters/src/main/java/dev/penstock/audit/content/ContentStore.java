package dev.penstock.audit.content;

import dev.penstock.core.Digests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Seals texts and writes them, many to one force of the disk, on a thread of its own. Thread-safe, never waits; what waits is
 * bounded by bytes.
 */
public final class ContentStore implements AutoCloseable {

    static final String FOLDER = "content";

    private static final long MOST_WAITING = 64L << 20;
    private static final long FILE_BYTES = 64L << 20;
    private static final int MOST_AT_ONCE = 256;
    private static final long CLOSE_MILLIS = 30_000;

    private final Path folder;
    private final ContentKeys keys;
    private final Clock clock;
    private final LinkedBlockingQueue<Text> queue = new LinkedBlockingQueue<>();
    private final AtomicLong waiting = new AtomicLong();
    private final Thread thread = new Thread(this::run, "penstock-content");
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean closing;

    private @Nullable FileChannel file;
    private String name = "";
    private long end;

    ContentStore(Path data, ContentKeys keys, Clock clock) {
        this.folder = data.resolve(FOLDER);
        this.keys = keys;
        this.clock = clock;
        thread.setDaemon(true);
        thread.start();
    }

    private record Text(String service, String id, byte[] plain, CompletableFuture<ContentPlace> future) {

        /** No text: it is done when all before it is. */
        private static Text mark() {
            return new Text("", "", new byte[0], new CompletableFuture<>());
        }

        private boolean isMark() {
            return id.isEmpty();
        }
    }

    private static final Text END = Text.mark();
    private static final ContentPlace NOWHERE = new ContentPlace("", 0, 0, "", "");

    /**
     * Where the text will be, once it is durable. Fails with an {@link IOException} when the disk does not take it, or too much waits.
     *
     * @param id of the record and what in it; the text can be opened under this id only
     */
    public CompletableFuture<ContentPlace> keep(String service, String id, byte[] plain) {
        Text text = new Text(service, id, plain, new CompletableFuture<>());
        if (closing || waiting.addAndGet(plain.length) > MOST_WAITING) {
            waiting.addAndGet(-plain.length);
            text.future()
                    .completeExceptionally(new IOException(
                            "more than " + MOST_WAITING + " bytes of content wait, or the store is closed"));
        } else {
            queue.add(text);
        }
        return text.future();
    }

    /** Returns when each text that was to be kept before is sealed and durable, or has failed. */
    void settle() {
        Text mark = Text.mark();
        queue.add(mark);
        CompletableFuture.anyOf(mark.future(), ended)
                .handle((done, failure) -> true)
                .join();
    }

    private void run() {
        try {
            writeAll();
        } finally {
            ended.complete(null);
        }
    }

    private void writeAll() {
        List<Text> batch = new ArrayList<>();
        boolean over = false;
        while (!over) {
            try {
                batch.add(queue.take());
            } catch (InterruptedException nobodysBusiness) {
                over = closing;
            }
            queue.drainTo(batch, MOST_AT_ONCE);
            over |= batch.remove(END);
            write(batch);
            batch.clear();
        }
    }

    private synchronized void write(List<Text> batch) {
        List<ContentPlace> places = new ArrayList<>();
        try {
            for (Text text : batch) {
                places.add(text.isMark() ? NOWHERE : write(text));
            }
            if (file != null) {
                file.force(false);
            }
            for (int i = 0; i < places.size(); i++) {
                batch.get(i).future().complete(places.get(i));
            }
        } catch (IOException | RuntimeException failure) {
            leave();
            IOException told = failure instanceof IOException known ? known : new IOException(failure);
            batch.forEach(text -> text.future().completeExceptionally(told));
        } finally {
            batch.forEach(text -> waiting.addAndGet(-text.plain().length));
        }
    }

    private ContentPlace write(Text text) throws IOException {
        ContentKeys.Sealing key = keys.of(text.service());
        byte[] sealed = key.aes().seal(text.plain(), text.id());
        FileChannel open = open(sealed.length);
        ContentPlace place = new ContentPlace(name, end, sealed.length, Digests.sha256(sealed), key.id());
        ByteBuffer bytes = ByteBuffer.wrap(sealed);
        while (bytes.hasRemaining()) {
            open.write(bytes, end + bytes.position());
        }
        end += sealed.length;
        return place;
    }

    /** One with room; each is named by the millisecond it was begun in. */
    private FileChannel open(int length) throws IOException {
        FileChannel current = file;
        if (current != null && end + length <= FILE_BYTES) {
            return current;
        }
        if (current != null) {
            current.force(false);
        }
        leave();
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        long now = clock.millis();
        while (Files.exists(folder.resolve(name(now)))) {
            now++;
        }
        name = name(now);
        end = 0;
        FileChannel fresh = FileChannel.open(
                folder.resolve(name),
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        file = fresh;
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
        return fresh;
    }

    private static String name(long millis) {
        return String.format("%016d.content", millis);
    }

    /** Writes no more to this file from now on, so that it may be deleted; waits for what is being written. */
    synchronized void release(String file) {
        if (file.equals(name)) {
            leave();
        }
    }

    /** Nobody knows what is on the disk after a failure: the next one goes into another file. */
    private void leave() {
        FileChannel left = file;
        file = null;
        try {
            if (left != null) {
                left.close();
            }
        } catch (IOException alreadyTold) {
            // what could not be forced has failed its future
        }
    }

    @Override
    public void close() {
        closing = true;
        queue.add(END);
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        leave();
    }
}
