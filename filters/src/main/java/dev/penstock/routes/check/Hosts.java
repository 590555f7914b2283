package dev.penstock.routes.check;

import dev.penstock.core.Addresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Hosts that are not out in the world: loopback, private, link-local, carrier NAT, metadata services. Never asks DNS. */
final class Hosts {

    private static final Set<String> NAMES = Set.of("localhost", "metadata", "metadata.google.internal");
    private static final Pattern DOTTED = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}");

    /** The other spellings of an IPv4 address that resolvers take: {@code 2130706433}, {@code 0x7f.1}, {@code 127.1}. */
    private static final Pattern DISGUISED = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)");

    private Hosts() {}

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
            return !Addresses.isPublic(InetAddress.getByName(literal));
        } catch (UnknownHostException noAddress) {
            return true;
        }
    }
}
