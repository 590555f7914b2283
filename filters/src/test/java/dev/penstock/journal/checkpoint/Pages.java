package dev.penstock.journal.checkpoint;

import dev.penstock.journal.segment.Chain;
import dev.penstock.journal.segment.Frame;
import dev.penstock.journal.segment.Segments;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A journal's files taken apart, to be changed by somebody who knows them well, and put together again. */
final class Pages {

    /** Payloads by segment. */
    private final TreeMap<Long, List<byte[]>> segments = new TreeMap<>();

    private final Path directory;
    private final long bytes;

    private Pages(Path directory, long bytes) {
        this.directory = directory;
        this.bytes = bytes;
    }

    static Pages read(Path directory) throws IOException {
        Segments files = Segments.in(directory);
        Pages pages = new Pages(directory, Files.size(files.file(files.firsts().get(0))));
        for (long first : files.firsts()) {
            ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(files.file(first)));
            List<byte[]> payloads = new ArrayList<>();
            while (file.remaining() >= Frame.HEADER) {
                int length = file.getInt() & Integer.MAX_VALUE;
                file.getInt();
                if (length == 0) {
                    break;
                }
                byte[] payload = new byte[length];
                file.get(payload);
                payloads.add(payload);
            }
            pages.segments.put(first, payloads);
        }
        return pages;
    }

    int size() {
        return segments.values().stream().mapToInt(List::size).sum();
    }

    /** The payload of a record, as a text. */
    String get(int seq) {
        return new String(page(seq).get(index(seq)), StandardCharsets.UTF_8);
    }

    void set(int seq, String payload) {
        page(seq).set(index(seq), payload.getBytes(StandardCharsets.UTF_8));
    }

    void remove(int seq) {
        page(seq).remove(index(seq));
    }

    void insert(int seq, String payload) {
        page(seq).add(index(seq), payload.getBytes(StandardCharsets.UTF_8));
    }

    List<Long> firsts() {
        return List.copyOf(segments.keySet());
    }

    void removeSegment(long first) throws IOException {
        segments.remove(first);
        Files.delete(Segments.in(directory).file(first));
    }

    /** Nothing is left from this record on. */
    void cut(int seq) throws IOException {
        for (long first : List.copyOf(segments.tailMap((long) seq, true).keySet())) {
            removeSegment(first);
        }
        List<byte[]> last = segments.lastEntry().getValue();
        int kept = (int) (seq - segments.lastKey());
        last.subList(Math.min(kept, last.size()), last.size()).clear();
    }

    /** Makes a chain without a flaw of whatever is there from this record on, numbers included. */
    void chain(int from) {
        Chain chain = Chain.begin("test-1");
        for (List<byte[]> payloads : segments.values()) {
            for (int i = 0; i < payloads.size(); i++) {
                byte[] payload = payloads.get(i);
                if (chain.seq() + 1 >= from) {
                    String text = new String(payload, StandardCharsets.UTF_8);
                    int own = text.indexOf("\"type\"");
                    payload = (new String(chain.links(), StandardCharsets.UTF_8) + "," + text.substring(own))
                            .getBytes(StandardCharsets.UTF_8);
                    payloads.set(i, payload);
                }
                chain = chain.after(payload, 0, payload.length);
            }
        }
    }

    /** With checksums that are right, and segments named as they begin. */
    void write(boolean renamed) throws IOException {
        long next = 1;
        for (long first : firsts()) {
            List<byte[]> payloads = segments.get(first);
            long size =
                    payloads.stream().mapToLong(it -> it.length + Frame.HEADER).sum();
            byte[] file = new byte[(int) Math.max(bytes, size)];
            int at = 0;
            for (byte[] payload : payloads) {
                System.arraycopy(payload, 0, file, at + Frame.HEADER, payload.length);
                Frame.seal(file, at, payload.length, true);
                at += Frame.HEADER + payload.length;
            }
            Files.delete(Segments.in(directory).file(first));
            Files.write(Segments.in(directory).file(renamed ? next : first), file);
            next += payloads.size();
        }
    }

    private List<byte[]> page(int seq) {
        return segments.floorEntry((long) seq).getValue();
    }

    private int index(int seq) {
        return (int) (seq - segments.floorKey((long) seq));
    }
}
