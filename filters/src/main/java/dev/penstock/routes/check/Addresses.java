package dev.penstock.routes.check;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Hosts that are not out in the world: loopback, private, link-local, carrier NAT, metadata services. Never asks DNS. */
final class Addresses {

    private static final Set<String> NAMES = Set.of("localhost", "metadata", "metadata.google.internal");
    private static final Pattern DOTTED = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}");

    /** The other spellings of an IPv4 address that resolvers take: {@code 2130706433}, {@code 0x7f.1}, {@code 127.1}. */
    private static final Pattern DISGUISED = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)");

    private Addresses() {}

    static boolean isPrivate(String host) {
        String name = host.toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
        if (NAMES.contains(name) || name.endsWith(".localhost")) {
            return true;
        }
        if (name.startsWith("[") || DOTTED.matcher(name).matches()) {
            return isPrivateLiteral(name);
        }
        return DISGUISED.matcher(name).matches();
    }

    private static boolean isPrivateLiteral(String literal) {
        try {
            InetAddress address = InetAddress.getByName(literal);
            return address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || address.isLinkLocalAddress()
                    || address.isSiteLocalAddress()
                    || address.isMulticastAddress()
                    || isReserved(address.getAddress());
        } catch (UnknownHostException noAddress) {
            return true;
        }
    }

    private static boolean isReserved(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if (bytes.length == 4) {
            return first == 0 || first >= 240 || first == 100 && second >= 64 && second < 128;
        }
        boolean uniqueLocal = (first & 0xfe) == 0xfc;
        boolean translated = first == 0 && second == 0x64;
        return uniqueLocal || translated || first == 0;
    }
}
