package dev.penstock.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection on a bare socket: says exactly what a test wants, and hangs up when it wants. A read that waits for
 * more than 20 s fails. Every failure of the connection is an {@link UncheckedIOException}. Not thread-safe.
 */
public final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;
    private InputStream body = InputStream.nullInputStream();

    private RawClient(Socket socket, InputStream in) {
        this.socket = socket;
        this.in = in;
    }

    /** Connects to the URI's host and port. */
    public static RawClient to(URI uri) {
        return to(uri.getHost(), uri.getPort());
    }

    public static RawClient to(String host, int port) {
        try {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            return new RawClient(socket, new BufferedInputStream(socket.getInputStream()));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    public RawClient get(String path, Map<String, String> headers) {
        return raw(head("GET " + path, headers));
    }

    /** Sends a whole JSON request. */
    public RawClient post(String path, Map<String, String> headers, String json) {
        byte[] bytes = json.getBytes(UTF_8);
        return postHead(path, headers, bytes.length).raw(bytes);
    }

    /** Sends only the head of a JSON request that claims a body of {@code length} bytes. */
    public RawClient postHead(String path, Map<String, String> headers, long length) {
        String own = "content-type: application/json\r\ncontent-length: " + length + "\r\n\r\n";
        return raw(openHead("POST " + path, headers) + own);
    }

    /** Sends only the head of a JSON request whose body comes by {@link #chunk} and {@link #endChunks}. */
    public RawClient postChunked(String path, Map<String, String> headers) {
        String own = "content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
        return raw(openHead("POST " + path, headers) + own);
    }

    public RawClient chunk(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return raw(Integer.toHexString(bytes.length) + "\r\n").raw(bytes).raw("\r\n");
    }

    public RawClient endChunks() {
        return raw("0\r\n\r\n");
    }

    public RawClient raw(String text) {
        return raw(text.getBytes(UTF_8));
    }

    public RawClient raw(byte[] bytes) {
        return doing(() -> socket.getOutputStream().write(bytes));
    }

    /** Sends every byte on its own. */
    public RawClient byteByByte(String text) {
        for (byte one : text.getBytes(UTF_8)) {
            raw(new byte[] {one});
        }
        return this;
    }

    /** Reads the next answer's head; interim (1xx) answers are passed over. */
    public RawAnswer answer() {
        return reading(() -> {
            RawAnswer answer = head();
            while (answer.status() / 100 == 1) {
                answer = head();
            }
            body = bodyOf(answer);
            return answer;
        });
    }

    /** Reads the rest of the answer's body; fails when it is cut. */
    public byte[] body() {
        return reading(body::readAllBytes);
    }

    /** Reads the rest of the answer's body as text. */
    public String text() {
        return new String(body(), UTF_8);
    }

    /** Reads one event, as soon as it is complete; null at the body's end. Fails when the body is cut. */
    public @Nullable RawEvent event() {
        return reading(() -> new EventInput(body).next());
    }

    /** Reads as many raw bytes, or what there is before the end. */
    public byte[] bytes(int count) {
        return reading(() -> in.readNBytes(count));
    }

    /** Whether the other side has closed in order; waits for it. Fails on a reset and on further bytes. */
    public boolean closedByPeer() {
        int next = reading(in::read);
        if (next >= 0) {
            throw new AssertionError("'next byte' " + next + " (expected: the end)");
        }
        return true;
    }

    /** Hangs up by RST. */
    public void reset() {
        doing(() -> {
            socket.setSoLinger(true, 0);
            socket.close();
        });
    }

    /** Hangs up by FIN; a RST follows where unread bytes are left. */
    @Override
    public void close() {
        doing(socket::close);
    }

    /** Closes only its own direction, and goes on reading. */
    public RawClient shutdownOutput() {
        return doing(socket::shutdownOutput);
    }

    private RawAnswer head() throws IOException {
        String[] line = Wire.line(in).split(" ", 3);
        return new RawAnswer(Integer.parseInt(line[1]), Wire.headers(in));
    }

    private InputStream bodyOf(RawAnswer answer) {
        Map<String, List<String>> headers = answer.headers();
        if (answer.status() == 204 || answer.status() == 304) {
            return InputStream.nullInputStream();
        }
        if (Wire.chunked(headers)) {
            return BodyInput.chunked(in);
        }
        long length = Wire.length(headers, -1);
        return length < 0 ? BodyInput.untilClose(in) : BodyInput.fixed(in, length);
    }

    private byte[] head(String line, Map<String, String> headers) {
        return (openHead(line, headers) + "\r\n").getBytes(ISO_8859_1);
    }

    private String openHead(String line, Map<String, String> headers) {
        StringBuilder head = new StringBuilder(line + " HTTP/1.1\r\n");
        head.append("host: ").append(socket.getInetAddress().getHostAddress()).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.toString();
    }

    private RawClient doing(Doing doing) {
        reading(() -> {
            doing.run();
            return this;
        });
        return this;
    }

    private static <T extends @Nullable Object> T reading(Reading<T> reading) {
        try {
            return reading.run();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @FunctionalInterface
    private interface Doing {
        void run() throws IOException;
    }

    @FunctionalInterface
    private interface Reading<T extends @Nullable Object> {
        T run() throws IOException;
    }
}
