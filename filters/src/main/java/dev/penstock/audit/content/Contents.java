package dev.penstock.audit.content;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The texts of calls: kept, read, and erased. Thread-safe. */
public final class Contents implements AutoCloseable {

    private final ContentReader reader;
    private final Optional<ContentKeys> keys;
    private final Optional<ContentStore> store;

    Contents(Path data, Optional<ContentKeys> keys, Optional<ContentStore> store) {
        this.keys = keys;
        this.store = store;
        this.reader = new ContentReader(data, keys.orElse(null));
    }

    /** Where the texts of a data directory are. */
    public static Path folder(Path data) {
        return data.resolve(ContentStore.FOLDER);
    }

    /** Absent without a master key. */
    public Optional<ContentStore> store() {
        return store;
    }

    public ContentReader reader() {
        return reader;
    }

    /**
     * Drops the keys of a service: what was sealed of it can never be read again; what waits has to be {@linkplain #settle sealed before}.
     *
     * @return ids of the keys, empty when it had none
     * @throws IllegalStateException without a master key, when nobody can say whose keys there are
     */
    public List<String> erase(String service) throws IOException {
        ContentKeys all = keys.orElseThrow(() -> new IllegalStateException(MasterKey.expected()));
        return all.erase(service);
    }

    /** Returns when each text that was to be kept before is sealed: what is erased then opens none of them. Waits for the disk. */
    public void settle() {
        store.ifPresent(ContentStore::settle);
    }

    /** No text comes into this file from now on. Waits for the disk. */
    public void release(String file) {
        store.ifPresent(it -> it.release(file));
    }

    @Override
    public void close() {
        store.ifPresent(ContentStore::close);
    }
}
