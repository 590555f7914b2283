package dev.penstock.provider.mock;

import java.util.BitSet;
import java.util.random.RandomGenerator;

/** One printable ASCII character of a class. */
final class CharClass {

    private static final int FIRST = 0x20;
    private static final int LAST = 0x7e;

    private CharClass() {}

    /** {@code escaped} follows a backslash: a class, a control character or itself. */
    static String escape(char escaped, RandomGenerator random) {
        BitSet set = named(escaped);
        if (!set.isEmpty()) {
            return pick(set, random);
        }
        return switch (escaped) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case 'b', 'B' -> "";
            default -> literal(escaped);
        };
    }

    /** Reads on after the opening bracket, up to and with the closing one. */
    static String bracket(PatternText in, RandomGenerator random) {
        BitSet set = new BitSet();
        boolean negated = in.peek() == '^';
        if (negated) {
            in.next();
        }
        while (in.peek() != ']') {
            add(set, in);
        }
        in.next();
        if (negated) {
            set.flip(FIRST, LAST + 1);
        }
        return pick(set, random);
    }

    private static void add(BitSet set, PatternText in) {
        char from = in.next();
        if (from == '\\') {
            char escaped = in.next();
            BitSet named = named(escaped);
            set.or(named);
            if (!named.isEmpty()) {
                return;
            }
            from = literal(escaped).charAt(0);
        }
        if (in.peek() != '-') {
            set.set(from);
            return;
        }
        in.next();
        if (in.peek() == ']') {
            set.set(from);
            set.set('-');
        } else {
            set.set(from, in.next() + 1);
        }
    }

    private static BitSet named(char name) {
        BitSet set = new BitSet();
        switch (Character.toLowerCase(name)) {
            case 'd' -> set.set('0', '9' + 1);
            case 's' -> set.set(' ');
            case 'w' -> {
                set.set('0', '9' + 1);
                set.set('A', 'Z' + 1);
                set.set('a', 'z' + 1);
                set.set('_');
            }
            default -> {
                return set;
            }
        }
        if (Character.isUpperCase(name)) {
            set.flip(FIRST, LAST + 1);
        }
        return set;
    }

    private static String literal(char escaped) {
        if (Character.isLetterOrDigit(escaped)) {
            throw new IllegalArgumentException("not a simple escape");
        }
        return String.valueOf(escaped);
    }

    private static String pick(BitSet set, RandomGenerator random) {
        if (set.isEmpty()) {
            throw new IllegalArgumentException("empty class");
        }
        int skip = random.nextInt(set.cardinality());
        int found = set.nextSetBit(0);
        for (int i = 0; i < skip; i++) {
            found = set.nextSetBit(found + 1);
        }
        return String.valueOf((char) found);
    }
}
