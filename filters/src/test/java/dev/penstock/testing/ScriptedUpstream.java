package dev.penstock.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * An upstream that does exactly what a test says, on 127.0.0.1 and a free port. Every request takes the next queued
 * {@link Script}, or else the function's; with neither the connection is reset.
 *
 * <p>What the test's functions throw resets the connection and is thrown again by {@link #close}.
 */
public final class ScriptedUpstream implements AutoCloseable {

    private final long seed;
    private final ServerSocket listener;
    private final Thread acceptor = new Thread(this::acceptAll, "scripted-acceptor");
    private final Ledger ledger = new Ledger();
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final Queue<Script> queue = new ConcurrentLinkedQueue<>();
    private volatile Function<Exchange, Script> scripts = exchange -> {
        throw new AssertionError("no script for request " + exchange.number());
    };
    private volatile IntFunction<Script> greetings = connection -> Script.empty();

    private ScriptedUpstream(long seed, ServerSocket listener) {
        this.seed = seed;
        this.listener = listener;
    }

    public static ScriptedUpstream start() {
        return seeded(1);
    }

    /** {@code seed} decides random cuts and garbage. */
    public static ScriptedUpstream seeded(long seed) {
        try {
            ServerSocket listener = new ServerSocket(0, 1024, InetAddress.getByName("127.0.0.1"));
            ScriptedUpstream upstream = new ScriptedUpstream(seed, listener);
            upstream.acceptor.setDaemon(true);
            upstream.acceptor.start();
            return upstream;
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Answers every request for which no script is queued. */
    public ScriptedUpstream answering(Function<Exchange, Script> answers) {
        this.scripts = answers;
        return this;
    }

    /** The answers to the next requests, in the order the requests come. */
    public ScriptedUpstream enqueue(Script... next) {
        queue.addAll(List.of(next));
        return this;
    }

    /** What is played on a new connection, by its number from 0, before anything is read from it. */
    public ScriptedUpstream greeting(IntFunction<Script> greetings) {
        this.greetings = greetings;
        return this;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** {@code http://127.0.0.1:PORT} and the path, which begins with a slash or is empty. */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    public Ledger ledger() {
        return ledger;
    }

    public long seed() {
        return seed;
    }

    /**
     * Closes every connection and the port.
     *
     * @throws AssertionError when a function of the test failed
     */
    @Override
    public void close() {
        try {
            listener.close();
            // until then the system goes on to accept connections
            acceptor.join();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        connections.forEach(Connection::close);
        ledger.failures().stream().findFirst().ifPresent(failure -> {
            throw new AssertionError("a script failed: " + failure.getMessage(), failure);
        });
    }

    Script greeting(int connection) {
        return guarded(() -> greetings.apply(connection));
    }

    /** Enters the request in the ledger and takes its script; both in the order that requests come. */
    Connection.Turn received(Exchange received) {
        Exchange exchange;
        Script queued;
        synchronized (queue) {
            exchange = ledger.add(received);
            queued = queue.poll();
        }
        Script script = queued != null ? queued : guarded(() -> scripts.apply(exchange));
        return new Connection.Turn(exchange.number(), script);
    }

    private Script guarded(Supplier<Script> script) {
        try {
            return script.get();
        } catch (RuntimeException | AssertionError ex) {
            ledger.failed(ex);
            return Script.empty().reset();
        }
    }

    private void acceptAll() {
        try {
            while (true) {
                accept(listener.accept());
            }
        } catch (IOException closed) {
            connections.forEach(Connection::close);
        }
    }

    private void accept(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        Connection connection = new Connection(this, socket, ledger.opened());
        connections.add(connection);
        connection.start();
    }
}
