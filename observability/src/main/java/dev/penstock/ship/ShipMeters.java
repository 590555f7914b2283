package dev.penstock.ship;

import dev.penstock.ship.ShipperView.Trouble;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.springframework.beans.factory.ObjectProvider;

/** The meters {@code penstock.shipper.…}, of the shippers that there are. Thread-safe. */
final class ShipMeters {

    private final Shippers shippers;
    private final ObjectProvider<MeterRegistry> registries;
    private final Clock clock;
    private final Map<String, List<Meter>> meters = new HashMap<>();

    ShipMeters(Shippers shippers, ObjectProvider<MeterRegistry> registries, Clock clock) {
        this.shippers = shippers;
        this.registries = registries;
        this.clock = clock;
    }

    /** After each change of the configuration. */
    void apply() {
        if (shippers.isOpen()) {
            registries.ifAvailable(this::apply);
        }
    }

    private synchronized void apply(MeterRegistry registry) {
        List<String> names = shippers.names();
        List.copyOf(meters.keySet()).stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> meters.remove(name).forEach(registry::remove));
        names.forEach(name -> meters.computeIfAbsent(name, ignored -> registered(name, registry)));
    }

    private List<Meter> registered(String name, MeterRegistry registry) {
        List<Meter> made = new ArrayList<>();
        made.add(Gauge.builder("penstock.shipper.backlog", shippers, it -> it.backlog(name))
                .tag("shipper", name)
                .register(registry));
        made.add(Gauge.builder("penstock.shipper.age", shippers, it -> of(name, this::age))
                .tag("shipper", name)
                .baseUnit("seconds")
                .register(registry));
        made.add(Gauge.builder(
                        "penstock.shipper.refused",
                        shippers,
                        it -> of(name, view -> view.trouble() == Trouble.REFUSED ? 1 : 0))
                .tag("shipper", name)
                .register(registry));
        made.add(counter(registry, name, "sent", ShipperView::sent));
        made.add(counter(registry, name, "missed", ShipperView::missed));
        return made;
    }

    private FunctionCounter counter(
            MeterRegistry registry, String name, String outcome, ToDoubleFunction<ShipperView> count) {
        return FunctionCounter.builder("penstock.shipper.records", shippers, it -> of(name, count))
                .tags(Tags.of("shipper", name, "outcome", outcome))
                .register(registry);
    }

    private double of(String name, ToDoubleFunction<ShipperView> value) {
        return shippers.view(name).map(value::applyAsDouble).orElse(0.0);
    }

    private double age(ShipperView view) {
        return view.oldest()
                .map(oldest ->
                        Math.max(0, Duration.between(oldest, clock.instant()).toMillis()) / 1000.0)
                .orElse(0.0);
    }
}
