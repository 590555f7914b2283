package dev.penstock.provider.mock;

import dev.penstock.core.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/** Strings by format, by pattern, or by what a member of this name usually holds. */
final class StringValue {

    private static final int LONGEST = 100_000;
    private static final List<String> POSTS = List.of("content", "post", "caption");
    private static final List<String> TEXTS =
            List.of("text", "body", "message", "answer", "description", "summary", "reason", "explanation");
    private static final List<String> TOPICS =
            List.of("topic", "query", "question", "subject", "q", "search", "keyword", "input");
    private static final List<String> TAGS = List.of("hashtags", "hashtag", "tags", "tag", "keywords");
    private static final List<String> PLACES = List.of("city", "location", "place", "destination", "region");
    private static final Map<String, String> USUAL = Map.ofEntries(
            Map.entry("name", "Alex Morgan"),
            Map.entry("first_name", "Alex"),
            Map.entry("last_name", "Morgan"),
            Map.entry("email", "alex@example.com"),
            Map.entry("country", "France"),
            Map.entry("language", "English"),
            Map.entry("currency", "EUR"),
            Map.entry("unit", "celsius"),
            Map.entry("url", "https://example.com/"),
            Map.entry("date", "2026-03-14"),
            Map.entry("time", "09:30"),
            Map.entry("call_to_action", "Learn more"),
            Map.entry("cta", "Learn more"));
    private static final Map<String, String> FORMATS = Map.ofEntries(
            Map.entry("date-time", "2026-03-14T09:30:00Z"),
            Map.entry("date", "2026-03-14"),
            Map.entry("time", "09:30:00Z"),
            Map.entry("duration", "PT15M"),
            Map.entry("email", "alex@example.com"),
            Map.entry("idn-email", "alex@example.com"),
            Map.entry("hostname", "www.example.com"),
            Map.entry("idn-hostname", "www.example.com"),
            Map.entry("ipv4", "192.0.2.17"),
            Map.entry("ipv6", "2001:db8::17"),
            Map.entry("uri", "https://example.com/page"),
            Map.entry("uri-reference", "/page"),
            Map.entry("iri", "https://example.com/page"),
            Map.entry("iri-reference", "/page"),
            Map.entry("uri-template", "/pages/{id}"),
            Map.entry("json-pointer", "/items/0"),
            Map.entry("relative-json-pointer", "0/items"),
            Map.entry("regex", "^[a-z]+$"));

    private final Subject subject;
    private final RandomGenerator random;

    StringValue(Subject subject, RandomGenerator random) {
        this.subject = subject;
        this.random = random;
    }

    String of(ObjectNode schema, String name) {
        int least = Math.min(schema.path("minLength").asInt(0), LONGEST);
        int most = Math.min(schema.path("maxLength").asInt(LONGEST), LONGEST);
        String format = Json.string(schema, "format");
        if (FORMATS.containsKey(format)) {
            return FORMATS.get(format);
        }
        if (format.equals("uuid")) {
            return uuid();
        }
        String pattern = Json.string(schema, "pattern");
        return (pattern.isEmpty() ? Optional.<String>empty() : PatternText.of(pattern, least, random))
                .orElseGet(() ->
                        Fit.between(usual(name.toLowerCase(Locale.ROOT), most), least, Math.max(least, most), random));
    }

    private String usual(String name, int most) {
        if (POSTS.contains(name)) {
            return Post.about(subject, most, random);
        }
        if (TEXTS.contains(name)) {
            return "A few words about " + subject.topic() + ". " + Prose.filler(1, random);
        }
        if (TOPICS.contains(name)) {
            return subject.topic();
        }
        if (TAGS.contains(name)) {
            return Prose.pick(Post.hashtags(subject), random);
        }
        if (PLACES.contains(name)) {
            return place();
        }
        if (name.equals("id") || name.endsWith("_id")) {
            return "id-" + Integer.toHexString(random.nextInt(0x1000, 0xffff));
        }
        String usual = USUAL.get(name);
        return usual != null ? usual : named(name);
    }

    /** A headline where the name says so, else a few words. */
    private String named(String name) {
        boolean head = name.contains("title") || name.contains("headline");
        String end = List.of("in brief", "explained", "at a glance", "step by step", "today")
                .get(random.nextInt(5));
        return head ? "All about " + subject.topic() : subject.topic() + " " + end;
    }

    /** The last word of the message that looks like a place's name. */
    private String place() {
        String[] words = subject.text().split("[^\\p{L}'-]+", 200);
        for (int i = words.length - 1; i > 0; i--) {
            if (words[i].length() > 2 && words[i].length() < 40 && Character.isUpperCase(words[i].charAt(0))) {
                return words[i];
            }
        }
        return "Paris";
    }

    private String uuid() {
        long high = random.nextLong() & 0xffffffffffff0fffL | 0x4000L;
        long low = random.nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }
}
