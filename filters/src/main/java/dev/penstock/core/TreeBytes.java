package dev.penstock.core;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Bytes that grow, and trees as JSON in them, byte for byte as Jackson writes them. What trees consist of nearly always is written here, without the
 * contexts and the features that Jackson makes and asks for each; Jackson itself writes the rest. Not thread-safe.
 */
public final class TreeBytes extends OutputStream {

    /** Of the longest number. */
    private static final int DIGITS = 20;

    /** Of what one character becomes, and a quote. */
    private static final int LONGEST = 7;

    private static final String SHORT = "\"\\\b\t\n\f\r";
    private static final String LETTERS = "\"\\btnfr";
    private static final String HEX = "0123456789ABCDEF";

    private static final int USUAL = 8 << 10;

    /** A thread keeps no more. */
    private static final int KEPT = 256 << 10;

    private static final ThreadLocal<TreeBytes> OWN = ThreadLocal.withInitial(() -> new TreeBytes(USUAL));

    private byte[] array;
    private int size;

    private final KnownNames names = new KnownNames();

    public TreeBytes(int capacity) {
        this.array = new byte[capacity];
    }

    /** @throws tools.jackson.core.JacksonException for a tree that Jackson does not write */
    public static byte[] of(JsonNode tree) {
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
    public byte[] array() {
        return array;
    }

    public int size() {
        return size;
    }

    /** Forgets what is behind. */
    public void cut(int at) {
        size = at;
    }

    /** Leaves room for what is put there later. */
    public void skip(int bytes) {
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
    public void tree(JsonNode node) {
        if (node instanceof StringNode text) {
            text(text.stringValue());
        } else if (node instanceof FixedNode fixed) {
            write(fixed.json(), 0, fixed.json().length);
        } else if (node instanceof ObjectNode object) {
            object(object);
        } else if (node instanceof IntNode || node instanceof LongNode) {
            number(node.longValue());
        } else if (node instanceof ArrayNode list) {
            list(list);
        } else if (node instanceof BooleanNode truth) {
            ascii(truth.booleanValue() ? "true" : "false");
        } else if (node instanceof DecimalNode number) {
            ascii(number.decimalValue().toString());
        } else if (node instanceof NullNode) {
            ascii("null");
        } else {
            byJackson(node);
        }
    }

    private void object(ObjectNode node) {
        char before = '{';
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            write(before);
            before = ',';
            name(member.getKey());
            tree(member.getValue());
        }
        if (before == '{') {
            write('{');
        }
        write('}');
    }

    /** With its colon. */
    private void name(String name) {
        byte[] known = names.find(name);
        if (known != null) {
            write(known, 0, known.length);
            return;
        }
        int began = size;
        text(name);
        write(':');
        names.keep(name, array, began, size);
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
        int plain = plain(text, length);
        if (plain < length && !others(text, plain, length)) {
            size = began;
            byJackson(StringNode.valueOf(text));
            return;
        }
        array[size++] = '"';
    }

    /** What needs no second look; gives where it ends. */
    private int plain(String text, int length) {
        byte[] to = array;
        int at = size;
        int i = 0;
        while (i < length) {
            char c = text.charAt(i);
            if (!isPlain(c)) {
                break;
            }
            to[at++] = (byte) c;
            i++;
        }
        size = at;
        return i;
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x80 && c != '"' && c != '\\';
    }

    /** The rest, with escapes (RFC 8259, 7) and as UTF-8; false at the first surrogate. Leaves room for the closing quote. */
    private boolean others(String text, int from, int length) {
        for (int i = from; i < length; i++) {
            char c = text.charAt(i);
            if (isPlain(c)) {
                array[size++] = (byte) c;
                continue;
            }
            room(length - i + LONGEST);
            if (c < 0x80) {
                escape(c);
            } else if (c < 0x800) {
                array[size++] = (byte) (0xc0 | c >> 6);
                array[size++] = (byte) (0x80 | c & 0x3f);
            } else if (Character.isSurrogate(c)) {
                return false;
            } else {
                array[size++] = (byte) (0xe0 | c >> 12);
                array[size++] = (byte) (0x80 | c >> 6 & 0x3f);
                array[size++] = (byte) (0x80 | c & 0x3f);
            }
        }
        return true;
    }

    private void escape(char c) {
        array[size++] = '\\';
        int at = SHORT.indexOf(c);
        if (at >= 0) {
            array[size++] = (byte) LETTERS.charAt(at);
            return;
        }
        array[size++] = 'u';
        array[size++] = '0';
        array[size++] = '0';
        array[size++] = (byte) HEX.charAt(c >> 4);
        array[size++] = (byte) HEX.charAt(c & 0xf);
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
        int length = text.length();
        room(length);
        for (int i = 0; i < length; i++) {
            array[size++] = (byte) text.charAt(i);
        }
    }

    private void byJackson(JsonNode node) {
        Json.LENIENT_DEPTH.mapper().writeValue(this, node);
    }
}
