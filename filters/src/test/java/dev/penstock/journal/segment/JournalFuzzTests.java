package dev.penstock.journal.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testing.Fuzz;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever became of a segment's bytes, and wherever one begins to read, reading comes to its end and tells damage. */
class JournalFuzzTests {

    @TempDir
    private Path folder;

    private static byte[] framed(byte[] lines) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        boolean first = true;
        for (String line : new String(lines, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            byte[] payload = line.getBytes(StandardCharsets.ISO_8859_1);
            byte[] frame = new byte[Frame.HEADER + payload.length];
            System.arraycopy(payload, 0, frame, Frame.HEADER, payload.length);
            Frame.seal(frame, 0, payload.length, first);
            all.writeBytes(frame);
            first = !first;
        }
        return all.toByteArray();
    }

    @Test
    void anySegmentIsReadToItsEnd() {
        Random random = new Random(1);
        Fuzz.of("records").within(4_000_000, 4_000).run(120, input -> {
            read(framed(input), 0);
            byte[] bytes = framed(input);
            for (int i = 0; i < 4; i++) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            read(bytes, random.nextInt(bytes.length + 1));
            read(input, 0);
        });
    }

    private void read(byte[] bytes, long from) throws Exception {
        Files.write(folder.resolve(Segments.name(1)), bytes);
        List<Damage> damages = new ArrayList<>();
        int records = 0;
        try (SegmentReader reader = Segments.in(folder).read(new Place(1, from), damages::add)) {
            for (Optional<Stored> record = reader.next(); record.isPresent(); record = reader.next()) {
                records++;
                assertThat(records).as("it goes on").isLessThanOrEqualTo(bytes.length / Frame.HEADER);
            }
        }
        assertThat(damages.size()).isLessThanOrEqualTo(bytes.length + 1);
    }
}
