package dev.penstock.testing;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** One accepted connection: a thread that reads, so that the peer's close is noticed at once, and one that plays scripts. */
final class Connection {

    /** The script for one request, by the request's number. */
    record Turn(int number, Script script) {}

    private final ScriptedUpstream upstream;
    private final Socket socket;
    private final int number;
    private final CompletableFuture<CloseKind> closed = new CompletableFuture<>();
    private final BlockingQueue<Turn> turns = new LinkedBlockingQueue<>();
    private final Player player;
    private final Thread writer;
    private volatile boolean halfOpen;

    Connection(ScriptedUpstream upstream, Socket socket, int number) {
        this.upstream = upstream;
        this.socket = socket;
        this.number = number;
        this.player = new Player(this, socket);
        this.writer = daemon(this::playAll, "scripted-writer-" + number);
    }

    void start() {
        closed.thenRun(upstream.ledger()::ended);
        writer.start();
    }

    /** Completes when either side ended the connection. */
    CompletableFuture<CloseKind> closed() {
        return closed;
    }

    /** Keeps the socket, whatever the peer does, until the upstream is closed. */
    void keepHalfOpen() throws InterruptedException {
        halfOpen = true;
        new CountDownLatch(1).await();
    }

    void reset() throws IOException {
        closed.complete(CloseKind.BY_UPSTREAM);
        socket.setSoLinger(true, 0);
        socket.close();
    }

    void close() {
        closed.complete(CloseKind.BY_UPSTREAM);
        writer.interrupt();
        closeSocket();
    }

    private void playAll() {
        try {
            player.play(upstream.greeting(number), upstream.seed() + number);
            daemon(this::readAll, "scripted-reader-" + number).start();
            while (true) {
                Turn turn = turns.take();
                player.play(turn.script(), upstream.seed() + turn.number());
            }
        } catch (IOException | InterruptedException gone) {
            closeSocket();
        }
    }

    private void readAll() {
        try (InputStream in = new BufferedInputStream(socket.getInputStream())) {
            while (true) {
                turns.add(upstream.received(read(in)));
            }
        } catch (EOFException ex) {
            end(CloseKind.FIN);
        } catch (SocketException ex) {
            end(CloseKind.RST);
        } catch (IOException | RuntimeException ex) {
            upstream.ledger().failed(ex);
            end(CloseKind.BY_UPSTREAM);
        }
    }

    /** What comes after the peer's end is written in vain, so the script stops there. */
    private void end(CloseKind kind) {
        closed.complete(kind);
        if (!halfOpen) {
            writer.interrupt();
        }
    }

    private Exchange read(InputStream in) throws IOException {
        String[] line = Wire.line(in).split(" ", 3);
        String[] target = line[1].split("\\?", 2);
        Map<String, List<String>> headers = Wire.headers(in);
        InputStream body = Wire.chunked(headers) ? BodyInput.chunked(in) : BodyInput.fixed(in, Wire.length(headers, 0));
        String query = target.length > 1 ? target[1] : "";
        return new Exchange(-1, number, line[0], target[0], query, headers, body.readAllBytes(), closed);
    }

    private void closeSocket() {
        try {
            socket.close();
        } catch (IOException ignored) {
            closed.complete(CloseKind.BY_UPSTREAM);
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
