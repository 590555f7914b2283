package dev.penstock.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests for {@link SseFrames}. */
class SseFramesTests {

    private static final String STREAM =
            "\uFEFF: hello\n\ndata: {\"a\":\"é€😀\"}\n\nevent: delta\r\ndata:x\r\ndata: y\r\n\r\n"
                    + "id: 7\rretry: soon\rdata: z\r\revent: alone\n\ndata\n\ndata: [DONE] \n\ndata: unfinished\n";

    @Test
    void everyWayOfCuttingGivesTheSameEvents() {
        List<String> whole = read(STREAM, List.of());
        assertThat(whole).containsExactly("|{\"a\":\"é€😀\"}", "delta|x\ny", "|z", "|", "|[DONE] ");
        for (int size = 1; size < 40; size++) {
            assertThat(read(STREAM, every(size))).as("pieces of %d", size).isEqualTo(whole);
        }
    }

    @Test
    void randomCutsOfAnyStreamGiveTheSameEvents() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int run = 0; run < 500; run++) {
            String text = soup(random);
            List<Integer> cuts =
                    random.ints(random.nextInt(12), 0, 200).sorted().boxed().toList();
            assertThat(read(text, cuts)).as("seed %d run %d", seed, run).isEqualTo(read(text, List.of()));
        }
    }

    @Test
    void anUnfinishedLastEventIsDropped() {
        assertThat(read("data: a\n\ndata: b\n", List.of())).containsExactly("|a");
    }

    private static String soup(Random random) {
        String[] bits = {"data:", "data: ", "event: e", "\n", "\r\n", "\r", "\n\n", ": c", "é", "x", "id: 1", "data"};
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            text.append(bits[random.nextInt(bits.length)]);
        }
        return text.toString();
    }

    private static List<Integer> every(int size) {
        List<Integer> cuts = new ArrayList<>();
        for (int at = size; at < 1000; at += size) {
            cuts.add(at);
        }
        return cuts;
    }

    private static List<String> read(String text, List<Integer> cuts) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<String> events = new ArrayList<>();
        SseFrames frames = new SseFrames();
        int from = 0;
        for (int cut : cuts) {
            int to = Math.min(cut, bytes.length);
            frames.feed(ByteBuffer.wrap(bytes, from, to - from), frame -> events.add(text(frame)));
            from = to;
        }
        frames.feed(ByteBuffer.wrap(bytes, from, bytes.length - from), frame -> events.add(text(frame)));
        return events;
    }

    private static String text(Frame frame) {
        return frame.event() + "|" + new String(frame.data(), StandardCharsets.UTF_8);
    }
}
