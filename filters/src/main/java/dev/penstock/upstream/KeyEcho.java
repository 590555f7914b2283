package dev.penstock.upstream;

import dev.penstock.core.UpstreamError;
import dev.penstock.credential.Credential;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the key out of a provider's words before a caller may read them: some services quote what they were sent. */
final class KeyEcho {

    private static final String IN_ITS_PLACE = "[key]";

    private KeyEcho() {}

    static UpstreamError gone(UpstreamError words, Optional<Credential> key) {
        return key.map(Credential::secret)
                .filter(secret -> !secret.isEmpty())
                .map(secret -> gone(words, secret))
                .orElse(words);
    }

    private static UpstreamError gone(UpstreamError words, String secret) {
        return new UpstreamError(
                words.kind(),
                words.status(),
                words.type().replace(secret, IN_ITS_PLACE),
                words.message().replace(secret, IN_ITS_PLACE),
                orNull(words.param(), secret),
                orNull(words.code(), secret),
                words.retryAfter());
    }

    private static @Nullable String orNull(@Nullable String word, String secret) {
        return word == null ? null : word.replace(secret, IN_ITS_PLACE);
    }
}
