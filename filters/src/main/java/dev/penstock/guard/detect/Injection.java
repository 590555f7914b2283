package dev.penstock.guard.detect;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A tripwire for the best-known ways to tell a model that its instructions do not hold. It sees those who do not hide; indirect
 * attacks pass it, and so do paraphrases: docs/guards.md has what was measured.
 */
public final class Injection implements Detector {

    public static final String OVERRIDE = "instruction-override";
    public static final String DISCLOSURE = "prompt-disclosure";
    public static final String PERSONA = "unrestricted-persona";
    public static final String MARKUP = "chat-markup";

    /** Between what is to be done and what it is to be done to. */
    private static final int REACH = 64;

    private static final List<String> OVERRIDES = List.of(
            "ignore", "disregard", "forget", "override", "bypass", "do not follow", "don't follow", "stop following");
    private static final List<String> DISCLOSURES = List.of(
            "reveal", "repeat", "print", "show me", "tell me", "output", "leak", "what is your", "what are your");
    private static final List<String> PERSONAS =
            List.of("you are now", "act as", "pretend", "from now on", "you will be");
    private static final List<String> MARKUPS =
            List.of("<|im_start|>", "<|im_end|>", "<|system|>", "<<sys>>", "<|start_header_id|>", "[system](#");

    private static final List<String> OLDER = List.of(
            "previous",
            "prior",
            "above",
            "earlier",
            "preceding",
            "all your",
            "your",
            "system",
            "initial",
            "original",
            "all of your");
    private static final List<String> RULES = List.of(
            "instruction", "system prompt", "system message", "guideline", "directive", "programming", " rules");
    private static final List<String> SECRETS = List.of(
            "system prompt",
            "hidden prompt",
            "initial prompt",
            "your instructions",
            "initial instructions",
            "system message",
            "developer message",
            "your prompt",
            "instructions above",
            "your hidden");
    private static final List<String> FREE = List.of(
            "unrestricted",
            "jailbroken",
            "no restrictions",
            "without restrictions",
            "without any restrictions",
            "no rules",
            "developer mode",
            "do anything now",
            " dan ",
            " dan,",
            " dan.",
            "no longer bound",
            "no filters",
            "unfiltered");

    private static final List<String> TRIGGERS = join(OVERRIDES, DISCLOSURES, PERSONAS, MARKUPS);

    /** Of each phrase that a trigger is about its longest word: where none follows, nothing has to be looked at. */
    private static final List<String> WORDS = join(RULES, SECRETS, FREE).stream()
            .map(Injection::longestWord)
            .distinct()
            .toList();

    private static final List<String> KEYWORDS = join(TRIGGERS, WORDS);
    private static final Lookout LOOKOUT = new Lookout(TRIGGERS);

    private static String longestWord(String phrase) {
        return Stream.of(phrase.split("[^a-z]+"))
                .max(Comparator.comparingInt(String::length))
                .orElseThrow();
    }

    @SafeVarargs
    private static List<String> join(List<String>... lists) {
        return List.of(lists).stream().flatMap(List::stream).toList();
    }

    /** Every type that it may find. */
    public static Set<String> types() {
        return Set.of(OVERRIDE, DISCLOSURE, PERSONA, MARKUP);
    }

    @Override
    public List<String> keywords() {
        return KEYWORDS;
    }

    @Override
    public void find(String text, Glance glance, int first, List<Match> to) {
        if (!glance.plain()) {
            Plain plain = Plain.of(text);
            LOOKOUT.look(plain.text()).each(0, TRIGGERS.size(), (at, keyword) -> hidden(plain, at, keyword, to));
            return;
        }
        int word = 0;
        for (int hit = 0; hit < glance.count(); hit += 2) {
            int at = glance.hits()[hit];
            int keyword = glance.hits()[hit + 1] - first;
            if (keyword >= 0 && keyword < TRIGGERS.size()) {
                word = word(glance, first, word, at);
                boolean follows = word < glance.count() && glance.hits()[word] < at + 3 * REACH;
                if (follows || isMarkup(keyword)) {
                    open(text, at, keyword, to);
                }
            }
        }
    }

    /** The first hit from {@code from} on that is a word behind {@code at}. */
    private static int word(Glance glance, int first, int from, int at) {
        int hit = from;
        while (hit < glance.count() && !(glance.hits()[hit] > at && isWord(glance.hits()[hit + 1] - first))) {
            hit += 2;
        }
        return hit;
    }

    private static boolean isWord(int keyword) {
        return keyword >= TRIGGERS.size() && keyword < KEYWORDS.size();
    }

    private static void open(String text, int at, int keyword, List<Match> to) {
        int end = end(Plain.of(window(text, at)).text(), keyword);
        if (end > 0 && (isMarkup(keyword) || Chars.isEdge(text, at))) {
            // white space may have been left out in between: to the end of the window at most
            to.add(Match.of(type(keyword), at, Math.min(text.length(), at + end)));
        }
    }

    private static String window(String text, int at) {
        return text.substring(at, Math.min(text.length(), at + 3 * REACH));
    }

    private static void hidden(Plain plain, int at, int keyword, List<Match> to) {
        int end = end(window(plain.text(), at), keyword);
        if (end > 0 && (isMarkup(keyword) || Chars.isEdge(plain.text(), at))) {
            to.add(Match.of(type(keyword), plain.origin(at), plain.origin(at + end - 1) + 1));
        }
    }

    private static boolean isMarkup(int keyword) {
        return keyword >= TRIGGERS.size() - MARKUPS.size();
    }

    private static String type(int keyword) {
        int disclosure = OVERRIDES.size();
        int persona = disclosure + DISCLOSURES.size();
        if (keyword < disclosure) {
            return OVERRIDE;
        }
        return keyword < persona ? DISCLOSURE : isMarkup(keyword) ? MARKUP : PERSONA;
    }

    /** Behind what the keyword that {@code window} begins with is about; 0 where it is about something else. */
    private static int end(String window, int keyword) {
        int from = KEYWORDS.get(keyword).length();
        return switch (type(keyword)) {
            case OVERRIDE -> {
                int older = reached(window, from, OLDER);
                yield older == 0 ? 0 : reached(window, older - 1, RULES);
            }
            case DISCLOSURE -> reached(window, from, SECRETS);
            case PERSONA -> reached(window, from, FREE);
            default -> from;
        };
    }

    /** Behind the first of the words that is in reach and in the same sentence; 0 for none. */
    private static int reached(String window, int from, List<String> words) {
        int limit = Math.min(window.length(), from + REACH);
        int best = 0;
        for (String word : words) {
            int at = window.indexOf(word, from - 1);
            boolean near = at >= 0 && at + word.length() <= limit;
            if (near && window.substring(from, Math.max(from, at)).indexOf('.') < 0) {
                best = best == 0 ? at + word.length() : Math.min(best, at + word.length());
            }
        }
        return best;
    }

    @Override
    public int open(String text) {
        return Tails.most(text);
    }
}
