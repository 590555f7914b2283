package dev.penstock.usage;

import dev.penstock.core.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** The slots of one hour or day as JSON: what instances write for each other. */
final class Rows {

    private Rows() {}

    static String text(Map<Slot, Sum> slots) {
        ArrayNode rows = Json.object().putArray("rows");
        slots.forEach((slot, sum) -> rows.addArray()
                .add(slot.service())
                .add(slot.team())
                .add(slot.provider())
                .add(slot.model())
                .add(slot.kind())
                .add(sum.tree()));
        return Json.LENIENT_DEPTH.text(rows);
    }

    static Map<Slot, Sum> read(Instant hour, String text) {
        Map<Slot, Sum> slots = new HashMap<>();
        for (JsonNode row : Json.LENIENT_DEPTH.read(text)) {
            Slot slot = new Slot(
                    hour,
                    row.path(0).asString(),
                    row.path(1).asString(),
                    row.path(2).asString(),
                    row.path(3).asString(),
                    row.path(4).asString());
            slots.put(slot, Sum.of(row.path(5)));
        }
        return slots;
    }
}
