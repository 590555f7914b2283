package dev.penstock.ship;

import dev.penstock.journal.segment.Stored;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Records as one JSON object; each stands in it byte for byte as in the journal. */
final class WebhookBatch {

    private WebhookBatch() {}

    static byte[] of(List<Stored> records) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        Stored first = records.get(0);
        Stored last = records.get(records.size() - 1);
        // the journal takes no chain with anything to escape
        write(
                json,
                "{\"schema\":\"penstock.audit/1\",\"chain\":\"" + first.chain() + "\",\"first\":" + first.seq()
                        + ",\"last\":" + last.seq() + ",\"records\":[");
        for (int i = 0; i < records.size(); i++) {
            write(json, i == 0 ? "\n" : ",\n");
            json.writeBytes(records.get(i).payload());
        }
        write(json, "\n]}\n");
        return json.toByteArray();
    }

    private static void write(ByteArrayOutputStream json, String text) {
        json.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
