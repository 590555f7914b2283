package dev.penstock.ship;

import dev.penstock.audit.AuditConfig;
import dev.penstock.audit.ShipperConfig;
import dev.penstock.audit.trail.Shipped;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.journal.DataDirectory;
import dev.penstock.journal.Journal;
import dev.penstock.ship.ShipperView.Trouble;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The shippers of the configuration in force. Thread-safe. */
public final class Shippers implements Shipped, AutoCloseable {

    private final Journal journal;
    private final DataDirectory data;
    private final Supplier<CurrentSettings> settings;
    private final Sink sink;
    private final Pace pace;
    private final Clock clock;
    private final Map<String, Shipper> running = new ConcurrentHashMap<>();
    private volatile boolean open;

    Shippers(
            Journal journal,
            DataDirectory data,
            Supplier<CurrentSettings> settings,
            Sink sink,
            Pace pace,
            Clock clock) {
        this.journal = journal;
        this.data = data;
        this.settings = settings;
        this.sink = sink;
        this.pace = pace;
        this.clock = clock;
    }

    /** The journal is open: they may read. */
    synchronized void begin() {
        open = true;
        apply();
    }

    boolean isOpen() {
        return open;
    }

    /** Takes on what the configuration says now. One that is there no more rests, and keeps its place. */
    synchronized void apply() {
        if (!open) {
            return;
        }
        List<ShipperConfig> wanted = configured();
        Set<String> names = wanted.stream().map(ShipperConfig::called).collect(Collectors.toSet());
        running.forEach((name, shipper) -> {
            if (!names.contains(name)) {
                shipper.use(null);
            }
        });
        wanted.forEach(config ->
                running.computeIfAbsent(config.called(), this::started).use(config));
    }

    private Shipper started(String name) {
        CursorFile file = file(name);
        Cursor cursor = file.read(data.instanceId(), journal.view().seq());
        Shipper shipper = new Shipper(name, new Feed(journal.segments(), cursor), file, sink, pace, clock);
        shipper.start();
        return shipper;
    }

    private CursorFile file(String name) {
        return new CursorFile(data.path(), name);
    }

    private List<ShipperConfig> configured() {
        return settings.get().get().get(AuditConfig.class).shippers();
    }

    @Override
    public long upTo() {
        return configured().stream()
                .filter(ShipperConfig::required)
                .mapToLong(this::kept)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private long kept(ShipperConfig config) {
        return view(config.called())
                .map(ShipperView::kept)
                .orElseGet(() -> file(config.called())
                        .read(data.instanceId(), journal.view().seq())
                        .seq());
    }

    /** Empty before it was ever wanted. */
    Optional<ShipperView> view(String name) {
        return Optional.ofNullable(running.get(name)).map(Shipper::view);
    }

    /** Names of those that the configuration has. */
    List<String> names() {
        return configured().stream().map(ShipperConfig::called).toList();
    }

    /** Records that its sink does not have, or that it has not looked at. */
    long backlog(String name) {
        return Math.max(
                0, journal.view().seq() - view(name).map(ShipperView::seq).orElse(0L));
    }

    /** What whoever watches has to know: words for {@code /health/readiness}. */
    public List<String> details() {
        List<String> details = new ArrayList<>();
        List<ShipperConfig> all = configured();
        if (all.stream().anyMatch(config -> in(config, Trouble.REFUSED))) {
            details.add("audit_shipper_refused");
        }
        if (all.stream()
                .filter(ShipperConfig::required)
                .anyMatch(config -> in(config, Trouble.AWAY) || in(config, Trouble.DISK))) {
            details.add("audit_shipper_behind");
        }
        return details;
    }

    private boolean in(ShipperConfig config, Trouble trouble) {
        return view(config.called()).filter(view -> view.trouble() == trouble).isPresent();
    }

    /** Each keeps its place. */
    @Override
    public synchronized void close() {
        open = false;
        running.values().forEach(Shipper::close);
    }
}
