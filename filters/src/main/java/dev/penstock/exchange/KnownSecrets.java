package dev.penstock.exchange;

import java.util.List;

/** The secrets that providers are called with now, for those who have to know one when they see it. Thread-safe. */
public final class KnownSecrets {

    private volatile List<String> all = List.of();

    /** These, and no others, from now on. */
    public void are(List<String> secrets) {
        List<String> now = secrets.stream().distinct().sorted().toList();
        if (!now.equals(all)) {
            all = now;
        }
    }

    /** The same list until there is a change. */
    public List<String> all() {
        return all;
    }

    /** Never shows one. */
    @Override
    public String toString() {
        return "KnownSecrets[" + all.size() + "]";
    }
}
