package dev.penstock.routes.check;

import dev.penstock.audit.ShipperConfig;
import dev.penstock.audit.ShipperConfig.Type;
import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks {@code audit.shippers:}. What an address resolves to is checked again when it is connected to. */
final class ShipperChecks {

    /** It becomes a file's name and a label. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    private final Problems problems;

    ShipperChecks(Problems problems) {
        this.problems = problems;
    }

    void check(List<ShipperConfig> shippers, Tree list) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < shippers.size(); i++) {
            ShipperConfig shipper = shippers.get(i);
            Tree at = Lists.item(list, i);
            if (!NAME.matcher(shipper.called()).matches()) {
                problems.add(
                        at.nearest("name"),
                        "a name that cannot be used (expected: up to 40 small letters, digits and -)");
            } else if (!names.add(shipper.called())) {
                problems.add(
                        at.nearest("name"),
                        "a second shipper '" + shipper.called() + "' (expected: name: with one of its own for each)");
            }
            address(shipper, at);
            new HeaderChecks(problems, "the sink").check(shipper.headers(), at.nearest("headers"));
        }
    }

    private void address(ShipperConfig shipper, Tree at) {
        if (shipper.url().isEmpty()) {
            problems.missing(at, "url", "the whole address that records are posted to");
            return;
        }
        URI url = shipper.url().get();
        Tree found = at.nearest("url");
        boolean http = "http".equalsIgnoreCase(url.getScheme());
        if (url.getHost() == null || !http && !"https".equalsIgnoreCase(url.getScheme())) {
            problems.add(found, "no web address (expected: such as https://host/path)");
        } else if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            problems.add(found, "a URL with credentials or fragment (expected: credentials in headers:)");
        } else if (!shipper.allowPrivate() && (http || Hosts.isPrivate(url.getHost()))) {
            problems.add(
                    found,
                    (http ? "plain http" : "a private address")
                            + " (expected: https to a public address, or allow-private: true)");
        } else if (shipper.type() == Type.OTLP && pathless(url)) {
            problems.add(found, "a URL without a path (expected: the whole address, such as https://host/v1/logs)");
        }
    }

    private static boolean pathless(URI url) {
        return url.getRawPath() == null
                || url.getRawPath().isEmpty()
                || url.getRawPath().equals("/");
    }
}
