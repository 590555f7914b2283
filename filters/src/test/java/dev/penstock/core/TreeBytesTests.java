package dev.penstock.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tests for {@link TreeBytes}: it writes what Jackson does. */
class TreeBytesTests {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> TEXTS = List.of(
            "",
            "plain",
            "with \"quotes\"",
            "back\\slash",
            "line\nfeed",
            "\u0001",
            "\u007f",
            "München\n\"\u0800\u07ff\uffff\t\b\f\r/",
            "image/png",
            "水",
            "😀",
            "~ !");
    private static final long[] INTEGERS = {
        0, 1, 9, 10, 99, 100, -1, -10, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE
    };

    @Test
    void everyTreeIsWrittenAsJacksonWritesIt() {
        long seed = System.nanoTime();
        System.out.println("TreeBytesTests seed " + seed);
        Random random = new Random(seed);
        TreeBytes bytes = new TreeBytes(1);
        for (int i = 0; i < 20_000; i++) {
            JsonNode tree = tree(random, 4);
            bytes.cut(0);
            bytes.tree(tree);
            assertThat(written(bytes)).isEqualTo(Json.LENIENT_DEPTH.text(tree));
        }
    }

    @Test
    void itGoesOnWhereItWasCut() {
        TreeBytes bytes = new TreeBytes(4);
        bytes.tree(NODES.stringNode("first"));
        bytes.cut(2);
        bytes.skip(1);
        bytes.tree(NODES.numberNode(12));
        assertThat(bytes.size()).isEqualTo(5);
        assertThat(written(bytes)).startsWith("\"f").endsWith("12");
    }

    @Test
    void namesAreWrittenAsJacksonWritesThemAlsoTheSecondTime() {
        TreeBytes bytes = new TreeBytes(1);
        List<String> names = List.of("Aa", "BB", "", "x\"y", "wär", "😀", "n".repeat(41), "Aa");
        for (int round = 0; round < 3; round++) {
            for (String name : names) {
                ObjectNode object = Json.object().put(name, 1);
                bytes.cut(0);
                bytes.tree(object);
                assertThat(written(bytes)).isEqualTo(Json.LENIENT_DEPTH.text(object));
            }
        }
    }

    /** Each of these characters wants more room than was thought. */
    @Test
    void roomGrowsWithWhatIsWrittenAndNotWithItsSquare() {
        JsonNode text = NODES.stringNode("\n".repeat(100_000));
        TreeBytes bytes = new TreeBytes(16);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        bytes.tree(text);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(bytes.size()).isEqualTo(200_002);
        assertThat(allocated).isLessThan(8L * bytes.size());
    }

    @Test
    void halfASurrogatePairIsWhatJacksonMakesOfIt() {
        for (String half : List.of("x\ud800", "\ud800x", "\udc00", "\udc00\ud800")) {
            ObjectNode record = Json.object().put(half, half);
            TreeBytes bytes = new TreeBytes(16);
            assertThat(outcome(() -> {
                        bytes.tree(record);
                        return Arrays.copyOf(bytes.array(), bytes.size());
                    }))
                    .isEqualTo(outcome(() -> Json.LENIENT_DEPTH.mapper().writeValueAsBytes(record)));
        }
    }

    private static String outcome(Supplier<byte[]> written) {
        try {
            return HexFormat.of().formatHex(written.get());
        } catch (JacksonException refused) {
            return "refused";
        }
    }

    private static String written(TreeBytes bytes) {
        return new String(Arrays.copyOf(bytes.array(), bytes.size()), StandardCharsets.UTF_8);
    }

    private static JsonNode tree(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 7 : 9)) {
            case 0 -> NODES.stringNode(text(random));
            case 1 -> NODES.numberNode(INTEGERS[random.nextInt(INTEGERS.length)]);
            case 2 -> NODES.numberNode(random.nextInt());
            case 3 -> NODES.booleanNode(random.nextBoolean());
            case 4 -> NODES.nullNode();
            case 5 -> NODES.numberNode(new BigDecimal(BigInteger.valueOf(random.nextLong()), random.nextInt(40) - 20));
            case 6 -> NODES.numberNode(random.nextDouble());
            case 7 -> list(random, depth);
            default -> object(random, depth);
        };
    }

    private static JsonNode list(Random random, int depth) {
        ArrayNode list = NODES.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(tree(random, depth - 1));
        }
        return list;
    }

    private static JsonNode object(Random random, int depth) {
        ObjectNode object = NODES.objectNode();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.set(text(random), tree(random, depth - 1));
        }
        return object;
    }

    private static String text(Random random) {
        String text = TEXTS.get(random.nextInt(TEXTS.size()));
        return random.nextInt(10) == 0 ? text.repeat(1 + random.nextInt(300)) : text + random.nextInt(100);
    }
}
