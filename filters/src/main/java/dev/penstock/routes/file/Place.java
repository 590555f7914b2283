package dev.penstock.routes.file;

/**
 * Where something stands.
 *
 * @param file as the operator named it; empty for a setting that is not in a file of ours
 * @param line from 1; 0 when the whole file is meant
 * @param column from 1
 */
public record Place(String file, int line, int column) implements Comparable<Place> {

    /** A Spring setting, be it an argument, a variable or a property file. */
    public static final Place SETTING = new Place("", 0, 0);

    public static Place whole(String file) {
        return new Place(file, 0, 0);
    }

    @Override
    public int compareTo(Place other) {
        if (!file.equals(other.file)) {
            return file.compareTo(other.file);
        }
        return line != other.line ? Integer.compare(line, other.line) : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
