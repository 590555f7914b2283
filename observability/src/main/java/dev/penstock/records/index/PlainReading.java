package dev.penstock.records.index;

import java.nio.charset.StandardCharsets;

/**
 * Reads a record as the journal writes nearly all of them: ASCII without escapes or spaces, whole numbers and short fractions.
 * Makes no tree and nearly no strings. What is not so plain, or may be damaged, is for {@link TreeReading}. Not thread-safe.
 */
final class PlainReading {

    private static final int NONE = PlainText.NONE;
    private static final int DEEPEST = 64;
    private static final int LONGEST_NAME = 1_000;

    private static final long TRUE = Ascii.last(new byte[] {'t', 'r', 'u', 'e'}, 0, 4);
    private static final long FALSE = Ascii.last(new byte[] {'f', 'a', 'l', 's', 'e'}, 0, 5);
    private static final long NULL = Ascii.last(new byte[] {'n', 'u', 'l', 'l'}, 0, 4);

    private static final long TIME = OpenNames.key("time");
    private static final long TYPE = OpenNames.key("type");
    private static final long CALL = OpenNames.key("call");
    private static final long REQUEST = OpenNames.key("request_id");
    private static final long OUTCOME = OpenNames.key("outcome");
    private static final long MODEL = OpenNames.key("model");
    private static final long WHO = OpenNames.key("who");
    private static final long WHAT = OpenNames.key("what");
    private static final long TARGET = OpenNames.key("target");
    private static final long SENT = OpenNames.key("sent");
    private static final long ANSWER = OpenNames.key("answer");
    private static final long SERVICE = OpenNames.key("service");
    private static final long HMAC = OpenNames.key("hmac");
    private static final long TEXTS = OpenNames.key("texts");

    private final OpenNames names = new OpenNames();
    private byte[] bytes = new byte[0];
    private Row row = new Row();
    private int depth;
    private boolean target;
    private boolean sent;

    /** Objects whose members are looked at. */
    private enum In {
        RECORD,
        WHO,
        WHAT,
        TARGET,
        SENT,
        ANSWER,
        OTHER
    }

    /** False when the record is not plain; then the row is for others to fill. */
    boolean read(byte[] record, Row into) {
        into.clear();
        bytes = record;
        row = into;
        names.clear();
        depth = 0;
        target = false;
        sent = false;
        return object(0, In.RECORD) == record.length;
    }

    private int object(int from, In in) {
        if (PlainText.at(bytes, from) != '{' || depth == DEEPEST) {
            return NONE;
        }
        if (PlainText.at(bytes, from + 1) == '}') {
            return from + 2;
        }
        depth++;
        int mark = names.mark();
        long seen = 0;
        int at = from;
        do {
            int end = PlainText.string(bytes, at + 1);
            if (end < 0 || PlainText.at(bytes, end) != ':' || end - at > LONGEST_NAME) {
                return NONE;
            }
            long name = OpenNames.key(bytes, at + 2, end - 1);
            long bit = OpenNames.bit(name);
            if ((seen & bit) != 0 && names.has(name, mark) || !names.add(name)) {
                return NONE;
            }
            seen |= bit;
            at = member(end + 1, in, name);
            if (at < 0) {
                return NONE;
            }
        } while (PlainText.at(bytes, at) == ',');
        names.close(mark);
        depth--;
        return PlainText.at(bytes, at) == '}' ? at + 1 : NONE;
    }

    private int member(int at, In in, long name) {
        return switch (in) {
            case RECORD -> ofRecord(at, name);
            case WHO -> name == SERVICE ? word(at, Column.SERVICE) : value(at);
            case WHAT -> name == MODEL ? word(at, Column.ASKED) : value(at);
            case TARGET -> name == MODEL ? word(at, Column.RAN) : value(at);
            case SENT -> ofSaid(at, name, true);
            case ANSWER -> ofSaid(at, name, !sent);
            case OTHER -> value(at);
        };
    }

    private int ofRecord(int at, long name) {
        if (name == TIME) {
            return time(at);
        } else if (name == TYPE) {
            return word(at, Column.TYPE);
        } else if (name == CALL) {
            return word(at, Column.CALL);
        } else if (name == REQUEST) {
            return word(at, Column.REQUEST);
        } else if (name == OUTCOME) {
            return word(at, Column.OUTCOME);
        } else if (name == MODEL) {
            return target ? value(at) : word(at, Column.RAN);
        }
        return ofPart(at, name);
    }

    /** A target, and what was sent, count before what answered, also where they say nothing. */
    private int ofPart(int at, long name) {
        if (name == WHO) {
            return object(at, In.WHO);
        } else if (name == WHAT) {
            return object(at, In.WHAT);
        } else if (name == TARGET) {
            target = true;
            row.set(Column.RAN, 0);
            return object(at, In.TARGET);
        } else if (name == SENT) {
            sent = true;
            row.set(Column.HMAC, 0);
            return object(at, In.SENT);
        }
        return name == ANSWER ? object(at, In.ANSWER) : value(at);
    }

    private int ofSaid(int at, long name, boolean counts) {
        if (name == HMAC) {
            return counts ? word(at, Column.HMAC) : value(at);
        }
        return name == TEXTS ? texts(at) : value(at);
    }

    private int word(int at, Column column) {
        int end = PlainText.string(bytes, at);
        if (end > 0) {
            row.set(column, Words.hash(bytes, at + 1, end - 1));
        }
        return end;
    }

    private int time(int at) {
        int end = PlainText.string(bytes, at);
        if (end > 0) {
            String time = new String(bytes, at + 1, end - at - 2, StandardCharsets.ISO_8859_1);
            row.set(Column.TIME, Words.millis(time));
        }
        return end;
    }

    private int texts(int from) {
        if (PlainText.at(bytes, from) != '[') {
            return NONE;
        }
        if (PlainText.at(bytes, from + 1) == ']') {
            return from + 2;
        }
        int at = from;
        do {
            int end = PlainText.string(bytes, at + 1);
            if (end < 0) {
                return NONE;
            }
            row.add(Words.hash(bytes, at + 2, end - 1));
            at = end;
        } while (PlainText.at(bytes, at) == ',');
        return PlainText.at(bytes, at) == ']' ? at + 1 : NONE;
    }

    /** Over any; strings and numbers are most. */
    private int value(int at) {
        byte first = PlainText.at(bytes, at);
        if (first == '"') {
            return PlainText.string(bytes, at);
        } else if (first <= '9') {
            return PlainText.number(bytes, at);
        }
        return switch (first) {
            case '{' -> object(at, In.OTHER);
            case '[' -> array(at);
            case 't' -> PlainText.word(bytes, at, TRUE, 4);
            case 'f' -> PlainText.word(bytes, at, FALSE, 5);
            case 'n' -> PlainText.word(bytes, at, NULL, 4);
            default -> NONE;
        };
    }

    private int array(int from) {
        if (PlainText.at(bytes, from + 1) == ']') {
            return from + 2;
        }
        if (depth == DEEPEST) {
            return NONE;
        }
        depth++;
        int at = from;
        do {
            at = value(at + 1);
            if (at < 0) {
                return NONE;
            }
        } while (PlainText.at(bytes, at) == ',');
        depth--;
        return PlainText.at(bytes, at) == ']' ? at + 1 : NONE;
    }
}
