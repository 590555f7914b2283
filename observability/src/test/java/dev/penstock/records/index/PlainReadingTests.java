package dev.penstock.records.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.journal.segment.Stored;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests for {@link PlainReading}: it gives what {@link TreeReading} does, or nothing. */
class PlainReadingTests {

    private static final int ROUNDS = 60_000;

    private static final String HEAD = "{\"chain\":\"c1\",\"seq\":7,\"prev\":\"" + "0123456789abcdef".repeat(4) + "\",";

    private static final String PLAIN = HEAD
            + "\"type\":\"outcome\",\"time\":\"2026-11-27T11:58:26.123456789Z\",\"call\":\"a-call\",\"request_id\":\"req_1\","
            + "\"who\":{\"service\":\"shop\",\"team\":\"t\"},\"what\":{\"model\":\"best\",\"parameters\":{\"temperature\":0.7}},"
            + "\"outcome\":\"ok\",\"status\":200,\"attempts\":[{\"sent\":true,\"ms\":-1},[],{}],\"model\":\"one\","
            + "\"answer\":{\"bytes\":0,\"hmac\":\"0a\",\"texts\":[\"0b\",\"0c\"]},\"decisions\":null}";

    private static final List<String> NAMES = List.of(
            "type",
            "time",
            "call",
            "request_id",
            "who",
            "what",
            "target",
            "sent",
            "answer",
            "service",
            "model",
            "hmac",
            "texts",
            "outcome",
            "",
            "a",
            "12345678",
            "123456789",
            "decisions",
            "cost_nano_usd",
            "é",
            "quote\"d");

    private static final List<String> WORDS = List.of(
            "",
            "ok",
            "2026-11-27T11:58:26.123456789Z",
            "2026-11-27T11:58:26Z",
            "2026-02-30T11:58:26Z",
            "req_138ff0f50b6",
            "0123456789abcdef0123456789abcdef",
            "München",
            "a\\b",
            "line\nend",
            "1234567",
            "12345678",
            "\u007f",
            "🙂");

    private final PlainReading plain = new PlainReading();

    @Test
    void randomRecordsReadTheSame() {
        long seed = System.nanoTime();
        System.out.println("PlainReadingTests seed " + seed);
        Random random = new Random(seed);
        int read = 0;
        int damaged = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] record = random.nextInt(4) == 0 ? bytes(PLAIN) : bytes(HEAD + tail(random));
            byte[] changed = random.nextBoolean() ? changed(record, random) : record;
            read += same(changed) ? 1 : 0;
            damaged += isDamaged(changed) ? 1 : 0;
        }
        assertThat(read).as("plain records of %d", ROUNDS).isGreaterThan(ROUNDS / 20);
        assertThat(damaged).as("damaged records of %d", ROUNDS).isGreaterThan(ROUNDS / 20);
    }

    @Test
    void whatTheJournalWritesIsPlain() {
        assertThat(same(bytes(PLAIN))).isTrue();
        Row row = new Row();
        plain.read(bytes(PLAIN), row);
        assertThat(row.of(Column.RAN)).isEqualTo(Words.hash("one"));
        assertThat(row.of(Column.HMAC)).isEqualTo(Words.hash("0a"));
        assertThat(row.text(1)).isEqualTo(Words.hash("0c"));
        assertThat(row.of(Column.TIME)).isEqualTo(Words.millis("2026-11-27T11:58:26.123Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"type\":\"a\",\"type\":\"a\"}",
                "\"type\":\"a\"}}",
                "\"type\":\"a\"} ",
                "\"type\":\"a\",}",
                "\"type\":\"a\"",
                "\"type\":\"a\",\"x\":{\"cost_nano_usd\":1,\"cost_nano_usd\":1}}",
                "\"type\":\"a\",\"x\":[1,]}",
                "\"type\":\"a\",\"x\":01}",
                "\"type\":\"a\",\"x\":1.}",
                "\"type\":\"a\",\"x\":-}",
                "\"type\":\"a\",\"x\":trve}",
                "\"type\":\"a\",\"x\":1e400}",
                "\"type\":\"a\",\"x\":\"\u0001\"}",
                "\"type\":\"a\",\"x\":]}",
                "\"type\":\"a\",\"x\"}",
                "\"type\":\"a\"]"
            })
    void aDamagedRecordHasNoWords(String tail) {
        Rows rows = new Rows(7);
        rows.add(Stored.parse(bytes(HEAD + tail)).orElseThrow());
        same(bytes(HEAD + tail));
        assertThat(plain.read(bytes(HEAD + tail), new Row())).isFalse();
        assertThat(rows.size()).isEqualTo(1);
        assertThat(rows.of(Column.SEQ)[0]).isEqualTo(7);
        if (isDamaged(bytes(HEAD + tail))) {
            assertThat(rows.of(Column.TYPE)[0]).isZero();
            assertThat(rows.of(Column.TIME)[0]).isEqualTo(Long.MAX_VALUE);
        }
    }

    @Test
    void aTargetAndWhatWasSentCountWhereverTheyStand() {
        for (String tail : List.of(
                "\"target\":{\"model\":\"b\"},\"model\":\"a\",\"sent\":{\"hmac\":\"d\"},\"answer\":{\"hmac\":\"c\"}}",
                "\"model\":\"a\",\"target\":{\"model\":\"b\"},\"answer\":{\"hmac\":\"c\"},\"sent\":{\"hmac\":\"d\"}}",
                "\"model\":\"a\",\"target\":{},\"answer\":{\"hmac\":\"c\"},\"sent\":{}}")) {
            assertThat(same(bytes(HEAD + tail))).isTrue();
        }
    }

    @Test
    void aWordHasOneHashWhereverItStands() {
        for (String word : WORDS) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            byte[] within = Arrays.copyOf(bytes("\"".repeat(11) + word + "\""), bytes.length + 30);
            assertThat(Words.hash(within, 11, 11 + bytes.length)).as(word).isEqualTo(Words.hash(word));
        }
        assertThat(WORDS.stream().map(Words::hash).distinct()).hasSize(WORDS.size());
    }

    /** Whether it was plain. */
    private boolean same(byte[] record) {
        Row wanted = new Row();
        TreeReading.read(record, wanted);
        Row row = new Row();
        boolean read = plain.read(record, row);
        if (read) {
            String text = new String(record, StandardCharsets.ISO_8859_1);
            assertThat(isDamaged(record)).as(text).isFalse();
            assertThat(numbers(row)).as(text).isEqualTo(numbers(wanted));
        }
        return read;
    }

    private static boolean isDamaged(byte[] record) {
        try {
            return !Json.LENIENT_DEPTH.read(record).isObject();
        } catch (JacksonException damaged) {
            return true;
        }
    }

    /** The texts are a set. */
    private static List<Object> numbers(Row row) {
        List<Object> all = new ArrayList<>();
        for (Column column : Column.values()) {
            all.add(row.of(column));
        }
        List<Long> texts = new ArrayList<>();
        for (int i = 0; i < row.texts(); i++) {
            texts.add(row.text(i));
        }
        texts.sort(null);
        all.add(texts);
        return all;
    }

    private static String tail(Random random) {
        ObjectNode node = object(random, 0);
        String text = Json.LENIENT_DEPTH.text(node);
        return node.isEmpty() ? "\"type\":\"x\"}" : text.substring(1);
    }

    private static ObjectNode object(Random random, int depth) {
        ObjectNode node = Json.object();
        for (int i = random.nextInt(8); i > 0; i--) {
            String name = NAMES.get(random.nextInt(random.nextInt(3) == 0 ? NAMES.size() : 14));
            switch (depth > 3 ? random.nextInt(5) : random.nextInt(9)) {
                case 0 -> node.put(name, random.nextLong() >> random.nextInt(64));
                case 1 -> node.put(name, random.nextInt(10_000) / 100.0);
                case 2 -> node.put(name, random.nextBoolean());
                case 3 -> node.putNull(name);
                case 4, 5 -> node.put(name, word(random));
                case 6 -> texts(node.putArray(name), random);
                default -> node.set(name, object(random, depth + 1));
            }
        }
        return node;
    }

    private static void texts(ArrayNode list, Random random) {
        for (int i = random.nextInt(4); i > 0; i--) {
            if (random.nextInt(5) == 0) {
                list.add(random.nextInt(100));
            } else {
                list.add(word(random));
            }
        }
    }

    private static String word(Random random) {
        return WORDS.get(random.nextInt(random.nextInt(3) == 0 ? WORDS.size() : 7));
    }

    /** A byte is another, is gone, or a piece comes twice. */
    private static byte[] changed(byte[] record, Random random) {
        byte[] changed = record.clone();
        int at = random.nextInt(record.length);
        return switch (random.nextInt(4)) {
            case 0 -> {
                changed[at] = (byte) random.nextInt(256);
                yield changed;
            }
            case 1 -> {
                changed[at] = (byte) "\"\\{}[]:,0.-tfn".charAt(random.nextInt(14));
                yield changed;
            }
            case 2 -> spliced(record, at, Math.min(record.length, at + 1 + random.nextInt(3)));
            default -> spliced(record, at, Math.max(0, at - random.nextInt(40)));
        };
    }

    private static byte[] spliced(byte[] record, int to, int from) {
        byte[] all = new byte[to + record.length - from];
        System.arraycopy(record, 0, all, 0, to);
        System.arraycopy(record, from, all, to, record.length - from);
        return all;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
