package dev.penstock.journal.embedded;

import dev.penstock.core.Json;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Bytes that grow, and trees as JSON in them, byte for byte as Jackson writes them. What records consist of nearly always - objects, lists, plain
 * ASCII texts, integers, truths - is written here at a third of its cost; Jackson itself writes everything else. Not thread-safe.
 */
final class TreeBytes extends OutputStream {

    /** Of the longest number. */
    private static final int DIGITS = 20;

    private static final int USUAL = 8 << 10;

    /** A thread keeps no more. */
    private static final int KEPT = 256 << 10;

    private static final ThreadLocal<TreeBytes> OWN = ThreadLocal.withInitial(() -> new TreeBytes(USUAL));

    private byte[] array;
    private int size;

    TreeBytes(int capacity) {
        this.array = new byte[capacity];
    }

    /** @throws tools.jackson.core.JacksonException for a tree that Jackson does not write */
    static byte[] of(JsonNode tree) {
        TreeBytes bytes = OWN.get();
        bytes.cut(0);
        bytes.tree(tree);
        byte[] json = Arrays.copyOf(bytes.array, bytes.size);
        if (bytes.array.length > KEPT) {
            OWN.remove();
        }
        return json;
    }

    /** The array itself, which {@link #size()} bytes of are in use. */
    byte[] array() {
        return array;
    }

    int size() {
        return size;
    }

    /** Forgets what is behind. */
    void cut(int at) {
        size = at;
    }

    /** Leaves room for what is put there later. */
    void skip(int bytes) {
        room(bytes);
        size += bytes;
    }

    private void room(int more) {
        if (array.length - size < more) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, size + more));
        }
    }

    @Override
    public void write(int one) {
        room(1);
        array[size++] = (byte) one;
    }

    @Override
    public void write(byte[] from, int at, int length) {
        room(length);
        System.arraycopy(from, at, array, size, length);
        size += length;
    }

    /** @throws tools.jackson.core.JacksonException for a text that Jackson does not write */
    void tree(JsonNode node) {
        if (node instanceof StringNode text) {
            text(text.stringValue());
        } else if (node instanceof ObjectNode object) {
            object(object);
        } else if (node instanceof IntNode || node instanceof LongNode) {
            number(node.longValue());
        } else if (node instanceof ArrayNode list) {
            list(list);
        } else if (node instanceof BooleanNode truth) {
            ascii(truth.booleanValue() ? "true" : "false");
        } else {
            byJackson(node);
        }
    }

    private void object(ObjectNode node) {
        char before = '{';
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            write(before);
            before = ',';
            text(member.getKey());
            write(':');
            tree(member.getValue());
        }
        if (before == '{') {
            write('{');
        }
        write('}');
    }

    private void list(ArrayNode node) {
        write('[');
        for (int i = 0; i < node.size(); i++) {
            if (i > 0) {
                write(',');
            }
            tree(node.get(i));
        }
        write(']');
    }

    private void text(String text) {
        int length = text.length();
        int began = size;
        room(length + 2);
        array[size++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                size = began;
                byJackson(StringNode.valueOf(text));
                return;
            }
            array[size++] = (byte) c;
        }
        array[size++] = '"';
    }

    private void number(long number) {
        if (number < 0) {
            ascii(Long.toString(number));
            return;
        }
        room(DIGITS);
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        long rest = number;
        for (int at = size + digits - 1; at >= size; at--) {
            array[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
    }

    private void ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            write(text.charAt(i));
        }
    }

    private void byJackson(JsonNode node) {
        Json.LENIENT_DEPTH.mapper().writeValue(this, node);
    }
}
