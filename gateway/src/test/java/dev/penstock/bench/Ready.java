package dev.penstock.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks an address until it answers 200. */
final class Ready {

    static final String PENSTOCK = "/health";
    static final String PLAIN = "/actuator/health";

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 5;

    private Ready() {}

    static void await(Child child, int port, String path) throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!answers(port, path)) {
            if (System.nanoTime() > end || !child.alive()) {
                throw new IOException(child.name() + " is not ready: see its log");
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static boolean answers(int port, String path) {
        String request = "GET " + path + " HTTP/1.1\r\nhost: bench\r\nconnection: close\r\n\r\n";
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return statusOf(socket.getInputStream()).startsWith("HTTP/1.1 200");
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String statusOf(InputStream in) throws IOException {
        return new String(in.readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII);
    }
}
