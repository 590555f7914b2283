package dev.penstock.gateway.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** {@code keys hash}: reads a key from the standard input, so that it stands in no list of processes and no history. */
final class KeyHash {

    private KeyHash() {}

    static int run(InputStream in, PrintStream out) {
        try {
            String key = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
            if (key == null || key.isBlank()) {
                out.println("no key (expected: one line on the standard input)");
                return 1;
            }
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(key.strip().getBytes(StandardCharsets.UTF_8));
            out.println(HexFormat.of().formatHex(digest));
            return 0;
        } catch (IOException | NoSuchAlgorithmException failure) {
            out.println("the key could not be read");
            return 1;
        }
    }
}
