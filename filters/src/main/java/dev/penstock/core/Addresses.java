package dev.penstock.core;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Which addresses are the public internet. */
public final class Addresses {

    private Addresses() {}

    /**
     * False for loopback, private, link-local, unique-local, shared (100.64/10), benchmark, multicast and unspecified
     * addresses, also when they are wrapped in IPv6 (mapped, NAT64).
     */
    public static boolean isPublic(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address ? isPublic6(bytes) : isPublic4(bytes, 0);
    }

    private static boolean isPublic4(byte[] bytes, int at) {
        int first = bytes[at] & 0xFF;
        int second = bytes[at + 1] & 0xFF;
        boolean shared = first == 100 && second >= 64 && second < 128;
        boolean reserved =
                first == 0 || first == 127 || first >= 224 || (first == 192 && second == 0 && bytes[at + 2] == 0);
        boolean privat =
                first == 10 || (first == 172 && second >= 16 && second < 32) || (first == 192 && second == 168);
        boolean local = (first == 169 && second == 254) || (first == 198 && (second == 18 || second == 19));
        return !(shared || reserved || privat || local);
    }

    private static boolean isPublic6(byte[] bytes) {
        boolean uniqueLocal = (bytes[0] & 0xFE) == 0xFC;
        boolean translated =
                bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xFF) == 0xFF && (bytes[3] & 0xFF) == 0x9B;
        boolean mapped = true;
        for (int i = 0; i < 10; i++) {
            mapped &= bytes[i] == 0;
        }
        return !uniqueLocal && (!(translated || mapped) || isPublic4(bytes, 12));
    }
}
