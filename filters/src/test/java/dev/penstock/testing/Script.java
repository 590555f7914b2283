package dev.penstock.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * What the upstream does after a request: a list of moves, played in order. Bytes are joined until a move that is not bytes,
 * or the end, sends them.
 *
 * <p>A script that ends without {@link #fin} or {@link #reset} leaves the connection open for the next request. Build it in
 * one thread; afterwards it can be played any number of times.
 */
public final class Script {

    private final List<Move> moves = new ArrayList<>();
    private boolean inChunks;

    private Script() {}

    public static Script empty() {
        return new Script();
    }

    /** A whole answer of status 200. */
    public static Script json(String json) {
        return json(200, json);
    }

    /** A whole answer. */
    public static Script json(int status, String json) {
        return answer(status).header("content-type", "application/json").body(json);
    }

    /** Begins an answer: only its status line. */
    public static Script answer(int status) {
        return new Script().status(status);
    }

    /** The head of an event stream; {@link #sse} and {@link #done} go on from here. */
    public static Script stream() {
        return answer(200).header("content-type", "text/event-stream").chunked();
    }

    /** Takes the request and never answers; the connection stays until the peer or the test closes it. */
    public static Script never() {
        return new Script().silence();
    }

    public Script status(int status) {
        return raw("HTTP/1.1 " + status + " Scripted\r\n");
    }

    public Script header(String name, String value) {
        return raw(name + ": " + value + "\r\n");
    }

    /** One header whose value has {@code length} bytes. */
    public Script largeHeader(int length) {
        return header("x-large", "x".repeat(length));
    }

    /** {@code count} interim answers (103). */
    public Script interim(int count) {
        return raw("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(count));
    }

    /** Ends the head; the body lasts until the connection's end. */
    public Script endHead() {
        return raw("\r\n");
    }

    /** Ends the head and sends a body of known length. */
    public Script body(String text) {
        return body(text.getBytes(UTF_8));
    }

    /** Ends the head and sends a body of known length. */
    public Script body(byte[] bytes) {
        return body(bytes.length, bytes);
    }

    /** Ends the head and sends a body that claims {@code length} bytes, whatever it has. */
    public Script body(long length, byte[] bytes) {
        return header("content-length", Long.toString(length)).endHead().raw(bytes);
    }

    /** Ends the head; the body comes in chunks. */
    public Script chunked() {
        inChunks = true;
        return header("transfer-encoding", "chunked").endHead();
    }

    public Script chunk(String text) {
        return chunk(text.getBytes(UTF_8));
    }

    public Script chunk(byte[] bytes) {
        ByteArrayOutputStream framed = new ByteArrayOutputStream(bytes.length + 12);
        framed.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8));
        framed.writeBytes(bytes);
        framed.writeBytes("\r\n".getBytes(UTF_8));
        return raw(framed.toByteArray());
    }

    /** The last chunk. */
    public Script endChunks() {
        inChunks = false;
        return raw("0\r\n\r\n");
    }

    /** A chunk whose size is not a number. */
    public Script badChunkSize() {
        return raw("zz\r\n");
    }

    /** An event without a name; a chunk of its own after {@link #chunked}. */
    public Script sse(String data) {
        return content("data: " + data + "\n\n");
    }

    /** An event with a name. */
    public Script sse(String event, String data) {
        return content("event: " + event + "\ndata: " + data + "\n\n");
    }

    /** OpenAI's end marker and the last chunk. */
    public Script done() {
        sse("[DONE]");
        return inChunks ? endChunks() : this;
    }

    /** Body bytes: a chunk of their own after {@link #chunked}, bare otherwise. */
    public Script content(String text) {
        return inChunks ? chunk(text) : raw(text);
    }

    public Script raw(String text) {
        return raw(text.getBytes(UTF_8));
    }

    public Script raw(byte[] bytes) {
        return add(new Move.Bytes(bytes.clone()));
    }

    /** Seeded noise without any framing. */
    public Script garbage(int length) {
        return add(new Move.Garbage(length));
    }

    /** Cuts what follows at these offsets, counted from here. */
    public Script cutAt(int... offsets) {
        int[] sorted = Arrays.stream(offsets).sorted().toArray();
        return add(new Move.Cut((offset, random) -> until(sorted, offset), Duration.ZERO));
    }

    /** Cuts what follows into pieces of this length. */
    public Script cutEvery(int length) {
        return cutEvery(length, Duration.ZERO);
    }

    /** Cuts what follows into pieces of this length, with a pause after each. */
    public Script cutEvery(int length, Duration gap) {
        return add(new Move.Cut((offset, random) -> length, gap));
    }

    /** Cuts what follows into pieces of 1 to {@code most} bytes, by the upstream's seed and the request's number. */
    public Script cutRandomly(int most) {
        return add(new Move.Cut((offset, random) -> 1 + random.nextInt(most), Duration.ZERO));
    }

    /** Ends the cutting. */
    public Script whole() {
        return add(new Move.Cut(Move.Cutting.NONE, Duration.ZERO));
    }

    /** Sends what was said so far. */
    public Script flush() {
        return add(Move.Plain.FLUSH);
    }

    public Script pause(Duration duration) {
        return add(new Move.Pause(duration));
    }

    /** Goes on when the signal completes; stops for good when the connection ends first. */
    public Script waitFor(CompletableFuture<?> signal) {
        return add(new Move.WaitFor(() -> signal));
    }

    /** Goes on when the latch is down; stops for good when the connection ends first. */
    public Script waitFor(CountDownLatch latch) {
        return add(new Move.WaitFor(() -> Signals.of(latch)));
    }

    /** Tells the test that everything before was sent. */
    public Script tell(CompletableFuture<?> reached) {
        return add(new Move.Tell(() -> reached.complete(null)));
    }

    /** RST. */
    public Script reset() {
        return add(Move.Plain.RESET);
    }

    /** FIN: closes the upstream's own direction. */
    public Script fin() {
        return add(Move.Plain.FIN);
    }

    /** Writes nothing more and keeps the socket, also after the peer has closed its side, until the upstream is closed. */
    public Script halfOpen() {
        return add(Move.Plain.HALF_OPEN);
    }

    /** Writes nothing more; closes when the peer does. */
    public Script silence() {
        return add(Move.Plain.SILENCE);
    }

    List<Move> moves() {
        return List.copyOf(moves);
    }

    private Script add(Move move) {
        moves.add(move);
        return this;
    }

    private static int until(int[] sorted, long offset) {
        return Arrays.stream(sorted)
                .filter(at -> at > offset)
                .map(at -> (int) (at - offset))
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }
}
