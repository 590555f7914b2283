package dev.penstock.routes.file;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value of the file, and where it stands. */
public sealed interface Tree {

    Place place();

    String path();

    /** What it is, for messages. */
    String kind();

    /** The value of a key; empty where there is none or nothing is written after it. */
    default Optional<Tree> find(String key) {
        return Optional.empty();
    }

    /** The value that a dotted run of keys leads to, or the last one on the way that is there. */
    default Tree nearest(String keys) {
        Tree at = this;
        for (String key : keys.split("\\.")) {
            Optional<Tree> next = at.find(key);
            if (next.isEmpty()) {
                return at;
            }
            at = next.get();
        }
        return at;
    }

    /**
     * A text.
     *
     * @param raw as written
     * @param text with the environment resolved; may be a secret
     */
    record Scalar(Place place, String path, String raw, String text) implements Tree {

        /** Whether the environment had a part in it. */
        public boolean resolved() {
            return raw.contains("${");
        }

        /** How a message may show it. */
        public String shown() {
            return Shown.of(this);
        }

        @Override
        public String kind() {
            return shown();
        }

        @Override
        public String toString() {
            return path + " " + shown();
        }
    }

    /** A key without a value. */
    record Nothing(Place place, String path) implements Tree {

        @Override
        public String kind() {
            return "nothing";
        }
    }

    /** A value that could not be read; why is told already. */
    record Broken(Place place, String path) implements Tree {

        @Override
        public String kind() {
            return "a value";
        }
    }

    record Items(Place place, String path, List<Tree> items) implements Tree {

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A mapping, in the file's order. */
    record Entries(Place place, String path, Map<String, Entry> entries) implements Tree {

        @Override
        public Optional<Tree> find(String key) {
            return Optional.ofNullable(entries.get(key)).map(Entry::value).filter(it -> !(it instanceof Nothing));
        }

        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /** One key of a mapping. */
    record Entry(Tree key, Tree value) {}
}
