package dev.penstock.credential;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a key has to look like: any header can carry it, and where the provider's own address is known, as that one issues them. */
public final class KeyForms {

    private static final Pattern ANY = Pattern.compile("[\\x21-\\x7e]{1,8192}");

    private static final Map<String, String> BEGINNINGS = Map.of(
            "api.openai.com", "sk-",
            "api.anthropic.com", "sk-ant-",
            "api.groq.com", "gsk_",
            "api.x.ai", "xai-",
            "api.perplexity.ai", "pplx-",
            "openrouter.ai", "sk-or-");

    private KeyForms() {}

    /** What is expected of a key that is not as it should be; never holds any of the key. Empty for one that may be right. */
    public static Optional<String> expected(String host, String secret) {
        if (!ANY.matcher(secret).matches()) {
            return Optional.of("printable ASCII without spaces, and not empty");
        }
        String beginning = BEGINNINGS.getOrDefault(host, "");
        return secret.startsWith(beginning)
                ? Optional.empty()
                : Optional.of("a key of " + host + ", which begins with " + beginning);
    }
}
