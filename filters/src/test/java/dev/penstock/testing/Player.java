package dev.penstock.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Plays scripts on one connection, in the connection's own writing thread. */
final class Player {

    private final Connection connection;
    private final Socket socket;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private SplittableRandom random = new SplittableRandom(0);
    private Move.Cut cut = new Move.Cut(Move.Cutting.NONE, Duration.ZERO);
    private long sinceCut;

    Player(Connection connection, Socket socket) {
        this.connection = connection;
        this.socket = socket;
    }

    /** @throws IOException when the peer is gone */
    void play(Script script, long seed) throws IOException, InterruptedException {
        random = new SplittableRandom(seed);
        play(new Move.Cut(Move.Cutting.NONE, Duration.ZERO));
        for (Move move : script.moves()) {
            play(move);
        }
        flush();
    }

    private void play(Move move) throws IOException, InterruptedException {
        if (move instanceof Move.Bytes it) {
            pending.writeBytes(it.bytes());
            return;
        }
        if (move instanceof Move.Garbage it) {
            byte[] noise = new byte[it.length()];
            random.nextBytes(noise);
            pending.writeBytes(noise);
            return;
        }
        flush();
        if (move instanceof Move.Cut it) {
            cut = it;
            sinceCut = 0;
        } else if (move instanceof Move.Pause it) {
            Thread.sleep(it.duration().toMillis());
        } else if (move instanceof Move.WaitFor it) {
            await(it.signal().get());
        } else if (move instanceof Move.Tell it) {
            it.listener().run();
        } else if (move instanceof Move.Plain it) {
            playPlain(it);
        }
    }

    private void playPlain(Move.Plain move) throws IOException, InterruptedException {
        switch (move) {
            case RESET -> connection.reset();
            case FIN -> socket.shutdownOutput();
            case HALF_OPEN -> connection.keepHalfOpen();
            case SILENCE -> await(new CompletableFuture<>());
            case FLUSH -> {}
        }
    }

    private void flush() throws IOException, InterruptedException {
        byte[] bytes = pending.toByteArray();
        pending.reset();
        int from = 0;
        while (from < bytes.length) {
            int length = Math.min(bytes.length - from, cut.cutting().length(sinceCut, random));
            socket.getOutputStream().write(bytes, from, length);
            from += length;
            sinceCut += length;
            if (!cut.gap().isZero()) {
                Thread.sleep(cut.gap().toMillis());
            }
        }
    }

    private void await(CompletableFuture<?> signal) throws IOException, InterruptedException {
        try {
            CompletableFuture.anyOf(signal, connection.closed()).get();
        } catch (ExecutionException ex) {
            throw new IOException("the awaited signal failed", ex.getCause());
        }
        if (connection.closed().isDone()) {
            throw new IOException("the connection ended while the script waited");
        }
    }
}
