package dev.penstock.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Penstock's jar with another application in it: the same loader, the same libraries, in the same order. */
final class PlainJar {

    private static final String CLASSES = "BOOT-INF/classes/";
    private static final String APPLICATION = PlainGateway.class.getName().replace('.', '/') + ".class";

    private PlainJar() {}

    static Path from(Path penstock, Path plain) throws IOException {
        try (JarFile jar = new JarFile(penstock.toFile());
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(plain), manifest(jar))) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (!entry.getName().equals(JarFile.MANIFEST_NAME) && !isApplication(entry.getName())) {
                    copy(jar, entry, out);
                }
            }
            out.putNextEntry(new JarEntry(CLASSES + APPLICATION));
            out.write(application());
        }
        return plain;
    }

    private static boolean isApplication(String name) {
        return name.startsWith(CLASSES) && !name.equals(CLASSES);
    }

    private static Manifest manifest(JarFile jar) throws IOException {
        Manifest manifest = new Manifest(jar.getManifest());
        Attributes main = manifest.getMainAttributes();
        main.putValue("Start-Class", PlainGateway.class.getName());
        return manifest;
    }

    /** Libraries are stored, not compressed, or the loader refuses them: size and sum go along. */
    private static void copy(JarFile jar, JarEntry entry, JarOutputStream out) throws IOException {
        JarEntry same = new JarEntry(entry.getName());
        same.setTime(entry.getTime());
        same.setMethod(entry.getMethod());
        if (entry.getMethod() == JarEntry.STORED) {
            same.setSize(entry.getSize());
            same.setCrc(entry.getCrc());
        }
        out.putNextEntry(same);
        try (InputStream in = jar.getInputStream(entry)) {
            in.transferTo(out);
        }
    }

    private static byte[] application() throws IOException {
        try (InputStream in = PlainGateway.class.getClassLoader().getResourceAsStream(APPLICATION)) {
            if (in == null) {
                throw new IOException("'" + APPLICATION + "' is missing (expected: on the classpath)");
            }
            return in.readAllBytes();
        }
    }
}
