package dev.penstock.upstream;

import dev.penstock.credential.Credential;
import dev.penstock.credential.KeyRing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a provider begins with when its configuration changed: those that are declared and were in use before, and, in the
 * place of each that nobody tested yet, the ones that it is to replace. Where nothing is known, what is declared.
 */
final class Succession {

    private Succession() {}

    /** @param before the same provider as it ran before the change; absent for a new one */
    static KeyRing of(List<Credential> declared, ProviderConfig config, @Nullable Provider before, LongSupplier nanos) {
        return before == null || !isSamePlace(config, before.config())
                ? new KeyRing(declared, nanos)
                : before.keys().successor(active -> chosen(declared, active));
    }

    private static List<Credential> chosen(List<Credential> declared, List<Credential> active) {
        Set<String> known = active.stream().map(Credential::secret).collect(Collectors.toSet());
        List<Credential> tested =
                declared.stream().filter(key -> known.contains(key.secret())).toList();
        Set<String> untested = declared.stream()
                .filter(key -> !known.contains(key.secret()))
                .map(Credential::id)
                .collect(Collectors.toSet());
        Set<String> taken = tested.stream().map(Credential::secret).collect(Collectors.toSet());
        List<Credential> all = new ArrayList<>(tested);
        active.stream()
                .filter(key -> untested.contains(key.id()) && !taken.contains(key.secret()))
                .forEach(all::add);
        if (all.isEmpty()) {
            return active.isEmpty() ? declared : active;
        }
        return all;
    }

    /** What a key is good for elsewhere says nothing. */
    private static boolean isSamePlace(ProviderConfig one, ProviderConfig other) {
        return one.baseUrl().equals(other.baseUrl())
                && one.dialect().equals(other.dialect())
                && one.auth() == other.auth();
    }
}
