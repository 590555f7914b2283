package dev.penstock.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/**
 * Stands before a Redis, on a port of its own, and passes on what both say; with TLS towards those who ask if it is given a factory
 * of such sockets. May cut connections with half of an answer delivered.
 */
public final class RedisFront implements AutoCloseable {

    private static final int MOST = 64 * 1024;

    private final ServerSocket server;
    private final int redis;
    private final Random random;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile double share;
    private final Set<Socket> swallowed = ConcurrentHashMap.newKeySet();

    public RedisFront(int redis, ServerSocketFactory sockets, long seed) {
        this.redis = redis;
        this.random = new Random(seed);
        try {
            server = sockets.createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** From now on. @param share of the answers, 0 to 1, in whose middle the connection is reset */
    public void cut(double share) {
        this.share = share;
    }

    /** Every connection that is open now takes what it is told, and delivers nothing any more; new ones are as before. */
    public void swallow() {
        swallowed.addAll(open);
    }

    public int cuts() {
        return cuts.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket asks = server.accept();
                open.add(asks);
                start(() -> connect(asks));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket asks) {
        try {
            Socket answers = new Socket("127.0.0.1", redis);
            open.add(answers);
            start(() -> pass(asks, answers, false));
            pass(answers, asks, true);
        } catch (IOException away) {
            end(asks);
        }
    }

    private void pass(Socket from, Socket to, boolean answer) {
        byte[] bytes = new byte[MOST];
        try {
            InputStream in = from.getInputStream();
            for (int read = in.read(bytes); read > 0; read = in.read(bytes)) {
                if (swallowed.contains(from)) {
                    continue;
                }
                boolean cut = answer && random.nextDouble() < share;
                to.getOutputStream().write(bytes, 0, cut ? read / 2 : read);
                if (cut) {
                    cuts.incrementAndGet();
                    to.setSoLinger(true, 0);
                    break;
                }
            }
        } catch (IOException ended) {
            // as for one that ended well
        }
        end(from);
        end(to);
    }

    private void end(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        open.forEach(this::end);
    }
}
