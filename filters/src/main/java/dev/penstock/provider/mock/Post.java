package dev.penstock.provider.mock;

import dev.penstock.provider.mock.draft.Brief;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A short social-media post about a subject, in its platform's custom: length and number of hashtags. */
final class Post {

    private static final Map<String, Integer> HASHTAGS =
            Map.of("twitter", 2, "x", 2, "linkedin", 3, "facebook", 1, "instagram", 5);
    private static final Map<String, Integer> LIMITS = Map.of("twitter", 280, "x", 280);
    private static final List<String> GENERAL_TAGS = List.of("News", "Community", "Inspiration", "Today", "Ideas");

    private static final List<String> HOOKS = List.of(
            "Big news: %s is here.",
            "Let's talk about %s.", "Have you thought about %s lately?", "Why %s matters right now.");
    private static final List<String> CASUAL_HOOKS =
            List.of("Guess what? It's all about %s today!", "Can't stop thinking about %s!", "%s? Yes, please!");
    private static final List<String> FORMAL_HOOKS = List.of(
            "We are pleased to share our latest work on %s.", "A closer look at %s and what it means for our field.");
    private static final List<String> MIDDLES = List.of(
            "We put a lot of care into it, and it shows.",
            "Small changes here make a real difference every day.",
            "It is simpler than you might expect.",
            "Here is what we learned along the way.");
    private static final List<String> CALLS = List.of(
            "What do you think?",
            "Tell us your story in the comments.",
            "Find out more today.",
            "Join the conversation.");

    private Post() {}

    /** At most {@code limit} characters: hashtags go first, then sentences, then words. */
    static String about(Subject subject, int limit, RandomGenerator random) {
        int most =
                Math.min(Math.min(limit, subject.limit()), LIMITS.getOrDefault(subject.platform(), Integer.MAX_VALUE));
        String hook = capital(Prose.pick(hooks(subject.tone()), random).formatted(subject.topic()));
        String middle = Prose.pick(MIDDLES, random);
        String call = Prose.pick(CALLS, random);
        String text = hook + " " + middle + " " + call;
        List<String> words = Brief.of(subject.text()).lines("brand keywords");
        String own = words.isEmpty() ? text : hook + " It is about " + String.join(", ", words) + ". " + call;
        String tags = String.join(" ", hashtags(subject));
        for (String candidate : List.of(own + " " + tags, text + " " + tags, hook + " " + tags, text, hook)) {
            if (Brief.fits(candidate, most)) {
                return candidate;
            }
        }
        String cut = Fit.most(hook, most);
        while (!Brief.fits(cut, most) && cut.length() > 1) {
            cut = Fit.most(cut, cut.codePointCount(0, cut.length()) - 1);
        }
        return !cut.isBlank() && Brief.fits(cut, most) ? cut : ".";
    }

    /** With the hash sign. */
    static List<String> hashtags(Subject subject) {
        int count = HASHTAGS.getOrDefault(subject.platform(), 2);
        List<String> own = Arrays.stream(subject.topic().split("[^\\p{L}\\p{N}]+"))
                .filter(word -> word.length() > 3)
                .map(Post::capital)
                .distinct()
                .limit(3)
                .toList();
        String joined = own.stream().limit(2).collect(Collectors.joining());
        List<String> brand = Brief.of(subject.text()).lines("brand keywords").stream()
                .map(word -> Arrays.stream(word.split("[^\\p{L}\\p{N}]+"))
                        .map(Post::capital)
                        .collect(Collectors.joining()))
                .toList();
        return Stream.of(List.of(joined), brand, own, GENERAL_TAGS)
                .flatMap(List::stream)
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .limit(count)
                .map(tag -> "#" + tag)
                .toList();
    }

    private static List<String> hooks(String tone) {
        if (List.of("casual", "funny", "humorous", "playful", "friendly", "enthusiastic")
                .contains(tone)) {
            return CASUAL_HOOKS;
        }
        return List.of("professional", "formal", "informative", "serious").contains(tone) ? FORMAL_HOOKS : HOOKS;
    }

    private static String capital(String text) {
        return text.isEmpty() ? "" : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
