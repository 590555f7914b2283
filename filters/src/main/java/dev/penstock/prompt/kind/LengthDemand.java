package dev.penstock.prompt.kind;

import dev.penstock.core.Counting;
import dev.penstock.core.Json;
import dev.penstock.prompt.kind.Rules.Limit;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A text has at most so many characters as a number of the request says ({@code x-max-length-from}) and as its platform allows
 * ({@code x-limit}), counted as the platform counts.
 *
 * @param from the request's field; empty without the keyword
 * @param limit the entry of the platform's row; empty without the keyword
 */
record LengthDemand(String field, String from, String limit, Rules rules) implements Demand {

    static final String FROM = "x-max-length-from";
    static final String LIMIT = "x-limit";

    private static final Pattern HASHTAG = Pattern.compile("#(?=[\\p{L}\\p{N}_])");

    @Override
    public Optional<Violation> violation(JsonNode value, JsonNode input) {
        String text = value.asString("");
        Limit effective = limit(input);
        int length = effective.counting().length(text);
        if (length > effective.most()) {
            String how = effective.counting() == Counting.CODE_POINTS
                    ? ""
                    : ", counted as " + effective.counting().word();
            return Optional.of(
                    new Violation(field, length + " characters", "at most " + effective.most() + " characters" + how));
        }
        long hashtags = HASHTAG.matcher(text).results().count();
        return hashtags <= effective.hashtags()
                ? Optional.empty()
                : Optional.of(
                        new Violation(field, hashtags + " hashtags", "at most " + effective.hashtags() + " hashtags"));
    }

    /** Hashtags beyond the limit lose their sign. */
    @Override
    public JsonNode cut(JsonNode value, JsonNode input) {
        Limit effective = limit(input);
        String text = value.asString("");
        int[] seen = {0};
        String fewer = HASHTAG.matcher(text).replaceAll(sign -> ++seen[0] > effective.hashtags() ? "" : "#");
        return JsonNodeFactory.instance.stringNode(Ellipsis.cut(fewer, effective.most(), effective.counting()));
    }

    private Limit limit(JsonNode input) {
        Limit own =
                rules.limit(limit, input).orElse(new Limit(Integer.MAX_VALUE, Counting.CODE_POINTS, Integer.MAX_VALUE));
        long asked = Json.integer(input, from);
        return asked <= 0 ? own : new Limit((int) Math.min(asked, own.most()), own.counting(), own.hashtags());
    }
}
