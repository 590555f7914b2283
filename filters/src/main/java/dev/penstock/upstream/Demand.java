package dev.penstock.upstream;

import dev.penstock.core.Asked;
import dev.penstock.core.Need;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a target must be able to do for a request.
 *
 * @param tokens what the request's text has at least; 0 when it is short, or when that cannot be said
 */
record Demand(Set<Need> needs, long tokens) {

    /** Text has some three or four bytes to a token, code and JSON fewer; so half as many tokens are there for certain. */
    private static final int BYTES_PER_TOKEN = 8;

    /** Every model takes that much. */
    private static final int SHORT = 4000;

    /** Their bytes say nothing about tokens. */
    private static final Set<Need> MEDIA = EnumSet.of(Need.IMAGES, Need.AUDIO, Need.FILES);

    static Demand of(Asked asked) {
        long tokens = asked.weight().textBytes() / BYTES_PER_TOKEN;
        return new Demand(asked.needs(), tokens <= SHORT || isMedia(asked.needs()) ? 0 : tokens);
    }

    private static boolean isMedia(Set<Need> needs) {
        for (Need need : needs) {
            if (MEDIA.contains(need)) {
                return true;
            }
        }
        return false;
    }

    boolean none() {
        return needs.isEmpty() && tokens == 0;
    }
}
