package dev.penstock.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Says to everyone, whatever is asked, what a Redis says that has not read its data yet. A real one is too quick to be met so. */
public final class LoadingRedis implements AutoCloseable {

    private static final byte[] SAID =
            "-LOADING Redis is loading the dataset in memory\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket server;

    public LoadingRedis(int port) {
        server = bound(port);
        Thread accepts = new Thread(this::accept);
        accepts.setDaemon(true);
        accepts.start();
    }

    /** The Redis that was there may need a moment to be gone. */
    private static ServerSocket bound(int port) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            try {
                return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
            } catch (IOException taken) {
                if (System.nanoTime() > end) {
                    throw new UncheckedIOException(taken);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread answers = new Thread(() -> answer(socket));
                answers.setDaemon(true);
                answers.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(Socket socket) {
        try (socket) {
            while (!server.isClosed() && socket.getInputStream().read(new byte[4096]) > 0) {
                socket.getOutputStream().write(SAID);
            }
        } catch (IOException closed) {
            // whoever asked has heard enough
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
