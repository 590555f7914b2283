package dev.penstock.journal.embedded;

import dev.penstock.core.TreeBytes;
import dev.penstock.journal.Position;
import dev.penstock.journal.segment.Chain;
import dev.penstock.journal.segment.Frame;
import java.util.ArrayList;
import java.util.List;

/** The frames that are written at once. The writer's thread only; its memory is used again. */
final class Batch {

    private static final int RECORDS = 2_000;
    private static final int BYTES = 8 << 20;
    private static final int KEPT = 1 << 20;

    private final int largest;
    private final List<Sealed> sealed = new ArrayList<>();
    private TreeBytes bytes = new TreeBytes(KEPT);
    private Chain tip;
    private Chain sealedTip;
    private int lastFrame;
    private int accepted;

    Batch(int largest, Chain chain) {
        this.largest = largest;
        this.tip = chain;
        this.sealedTip = chain;
    }

    void begin(Chain chain) {
        sealed.clear();
        if (bytes.array().length > BYTES + largest) {
            bytes = new TreeBytes(KEPT);
        }
        accepted = 0;
        tip = chain;
    }

    boolean hasRoom() {
        return sealed.size() < RECORDS && accepted < BYTES;
    }

    boolean isEmpty() {
        return sealed.isEmpty();
    }

    /**
     * Writes the record behind those accepted; returns the frame's length. The record's JSON goes in once: its opening brace
     * becomes the comma after the chain's members.
     */
    int seal(Pending pending) {
        bytes.cut(accepted);
        bytes.skip(Frame.HEADER);
        byte[] links = tip.links();
        bytes.write(links, 0, links.length);
        int brace = bytes.size();
        byte[] json = pending.json();
        bytes.write(json, 0, json.length);
        if (pending.entry().record().isEmpty()) {
            bytes.array()[brace] = '}';
            bytes.cut(brace + 1);
        } else {
            bytes.array()[brace] = ',';
        }
        int length = bytes.size() - accepted - Frame.HEADER;
        if (length > largest) {
            return Frame.HEADER + length;
        }
        Frame.seal(bytes.array(), accepted, length, sealed.isEmpty());
        sealedTip = tip.after(bytes.array(), accepted + Frame.HEADER, length);
        return Frame.HEADER + length;
    }

    /** The record that was sealed last is part of it. */
    void accept(Pending pending) {
        lastFrame = accepted;
        accepted = bytes.size();
        tip = sealedTip;
        sealed.add(new Sealed(pending, new Position(tip.name(), tip.seq(), tip.hash())));
    }

    /** Of what was accepted. */
    int size() {
        return accepted;
    }

    /** Where its last frame begins. */
    int lastFrame() {
        return lastFrame;
    }

    byte[] bytes() {
        return bytes.array();
    }

    /** The chain's end when this is durable. */
    Chain tip() {
        return tip;
    }

    List<Sealed> sealed() {
        return sealed;
    }

    /** A record and where it will be. */
    record Sealed(Pending pending, Position position) {}
}
