package dev.penstock.routes.check;

import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import dev.penstock.upstream.ProviderConfig;
import java.net.URI;

/** Checks where a provider's requests go. What a name resolves to is checked again when it is connected to. */
final class AddressChecks {

    private final Problems problems;

    AddressChecks(Problems problems) {
        this.problems = problems;
    }

    void check(ProviderConfig provider, Tree at) {
        if (provider.baseUrl().isEmpty()) {
            problems.missing(at, "base-url", "an absolute http or https URL");
            return;
        }
        URI url = provider.baseUrl().get();
        Tree found = at.nearest("base-url");
        boolean http = "http".equalsIgnoreCase(url.getScheme());
        if (url.getHost() == null || !http && !"https".equalsIgnoreCase(url.getScheme())) {
            problems.add(found, found.kind() + " (expected: an absolute http or https URL)");
        } else if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            problems.add(
                    found, "a URL with credentials, query or fragment (expected: scheme, host, port and path only)");
        } else if (!provider.allowPrivate() && (http || Hosts.isPrivate(url.getHost()))) {
            String what = http ? "plain http" : "a private address";
            problems.add(
                    found,
                    found.kind() + " is " + what + " (expected: https to a public address, or allow-private: true)");
        }
    }
}
