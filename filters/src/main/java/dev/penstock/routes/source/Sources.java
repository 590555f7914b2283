package dev.penstock.routes.source;

import dev.penstock.routes.file.Problem;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The files of one configuration as they were read; equal when their content is.
 *
 * @param files routes.yml first; empty when it cannot be read
 * @param problems why files are missing from the list
 */
public record Sources(List<Source> files, List<Problem> problems) {

    /** One file, by the name that messages use. */
    public record Source(String name, ByteBuffer content) {

        byte[] bytes() {
            return content.array();
        }
    }

    /** One file that includes no others. */
    public static Sources of(String name, byte[] bytes) {
        return new Sources(List.of(new Source(name, ByteBuffer.wrap(bytes))), List.of());
    }
}
