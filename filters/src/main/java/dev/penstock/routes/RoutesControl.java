package dev.penstock.routes;

/** Reloads routes.yml, and tries another one out. Thread-safe; both calls block while files are read. */
public final class RoutesControl {

    private final RoutesLoader loader;

    RoutesControl(RoutesLoader loader) {
        this.loader = loader;
    }

    /** Reads the files now and puts them in force, or refuses them and leaves what is in force. */
    public RoutesReport reload() {
        return loader.reload(loader.read());
    }

    /** Compiles {@code bytes} in place of routes.yml, with the included files as they are; changes nothing. */
    public RoutesReport validate(byte[] bytes) {
        return loader.validate(bytes);
    }
}
