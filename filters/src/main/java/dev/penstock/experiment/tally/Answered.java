package dev.penstock.experiment.tally;

import dev.penstock.core.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The last answers, so that they can be scored, each once. A request id that a service uses again stands for its last answer. Not
 * thread-safe.
 */
final class Answered {

    private static final int ROW = Long.BYTES + 2 * Integer.BYTES + 1;

    private final int most;
    private final Map<Long, Entry> entries = new LinkedHashMap<>();
    private final Map<Arm, Integer> numbers = new LinkedHashMap<>();
    private final List<Arm> arms = new ArrayList<>();

    /** {@code most} are kept, the oldest goes first. */
    Answered(int most) {
        this.most = most;
    }

    /** Where an answer belongs; {@code experiment} is empty for one that is in none. */
    record Place(String experiment, String arm, int group) {}

    /** How far its score is. */
    enum State {
        OPEN,
        /** A score is being written. */
        CLAIMED,
        SCORED
    }

    private record Arm(String experiment, String name) {}

    /** {@code arm} is its number. */
    private record Entry(int arm, int group, State state) {}

    void add(long key, Place place) {
        entries.remove(key);
        entries.put(key, new Entry(number(place.experiment(), place.arm()), place.group(), State.OPEN));
        if (entries.size() > most) {
            entries.remove(entries.keySet().iterator().next());
        }
    }

    private int number(String experiment, String name) {
        return numbers.computeIfAbsent(new Arm(experiment, name), arm -> {
            arms.add(arm);
            return arms.size() - 1;
        });
    }

    void forget(long key) {
        entries.remove(key);
    }

    Optional<Place> find(long key) {
        return Optional.ofNullable(entries.get(key)).map(this::place);
    }

    private Place place(Entry entry) {
        Arm arm = arms.get(entry.arm());
        return new Place(arm.experiment(), arm.name(), entry.group());
    }

    Optional<State> state(long key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::state);
    }

    void turn(long key, State state) {
        entries.computeIfPresent(key, (ignored, entry) -> new Entry(entry.arm(), entry.group(), state));
    }

    /** The arms once each, and the entries as bytes: key, arm, group, scored or not. */
    ObjectNode snapshot() {
        ByteBuffer rows = ByteBuffer.allocate(entries.size() * ROW);
        entries.forEach((key, entry) -> rows.putLong(key)
                .putInt(entry.arm())
                .putInt(entry.group())
                .put((byte) (entry.state() == State.SCORED ? 1 : 0)));
        ObjectNode all = Json.object().put("rows", Base64.getEncoder().encodeToString(rows.array()));
        ArrayNode names = all.putArray("places");
        arms.forEach(arm -> names.add(arm.experiment()).add(arm.name()));
        return all;
    }

    void restore(JsonNode snapshot) {
        entries.clear();
        numbers.clear();
        arms.clear();
        List<String> names = new ArrayList<>();
        snapshot.path("places").forEach(name -> names.add(name.stringValue()));
        ByteBuffer rows = ByteBuffer.wrap(Base64.getDecoder().decode(Json.string(snapshot, "rows")));
        while (rows.remaining() >= ROW) {
            long key = rows.getLong();
            int place = rows.getInt() * 2;
            int group = rows.getInt();
            State state = rows.get() == 1 ? State.SCORED : State.OPEN;
            entries.put(key, new Entry(number(names.get(place), names.get(place + 1)), group, state));
        }
    }
}
