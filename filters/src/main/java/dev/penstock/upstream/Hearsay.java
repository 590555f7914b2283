package dev.penstock.upstream;

import dev.penstock.credential.Credential;
import dev.penstock.credential.KeyRing;
import dev.penstock.store.Bulletin;
import dev.penstock.store.Bulletin.News;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What instances tell each other of providers: breakers that opened or closed, and keys that rest. One instance that opened a
 * breaker tries the provider first, also where several did; the others come after it, each in its own second, so that a
 * provider that comes back is not stormed. Thread-safe.
 */
final class Hearsay {

    private static final String OPEN = "open|";
    private static final String CLOSED = "closed|";
    private static final String REST = "rest|";

    /** What is nearly over is left to its end: whoever told it may be trying the provider by now. */
    private static final Duration OVER = Duration.ofMillis(500);

    private static final Duration TURN = Duration.ofSeconds(1);

    /** Long enough for everyone to read it. */
    private static final Duration CLOSED_HOLDS = Duration.ofSeconds(5);

    private final @Nullable Bulletin bulletin;
    private final List<Provider> providers = new CopyOnWriteArrayList<>();

    /** Breakers that others opened, and until when, in nanoseconds. */
    private final Map<CircuitBreaker, Long> heard = new ConcurrentHashMap<>();

    /** Breakers that change for a reason of this instance alone. */
    private final Set<CircuitBreaker> quiet = ConcurrentHashMap.newKeySet();

    private final Time time;

    /** {@code bulletin} is absent where there is but one instance. */
    Hearsay(@Nullable Bulletin bulletin, Time time) {
        this.bulletin = bulletin;
        this.time = time;
        if (bulletin != null) {
            bulletin.read(this::read);
        }
    }

    /** From now on what happens to it is told, and what others tell of it is heard. */
    void follow(Provider provider) {
        if (bulletin == null) {
            return;
        }
        providers.add(provider);
        provider.breaker().getEventPublisher().onStateTransition(event -> tell(provider, event.getStateTransition()));
    }

    /** Whatever {@code change} does to the breaker is not told: others may see the provider where this one does not. */
    void quietly(Provider provider, Runnable change) {
        quiet.add(provider.breaker());
        try {
            change.run();
        } finally {
            quiet.remove(provider.breaker());
        }
    }

    void rests(Provider provider, Credential key, KeyRing.Rest why, Duration rests) {
        if (bulletin != null) {
            bulletin.post(REST + provider.name() + "/" + key.label() + "|" + why, rests, "");
        }
    }

    private void tell(Provider provider, StateTransition change) {
        String name = provider.name();
        CircuitBreaker breaker = provider.breaker();
        if (change == StateTransition.HALF_OPEN_TO_CLOSED) {
            bulletin.post(CLOSED + name + "|", CLOSED_HOLDS, OPEN + name + "|");
        }
        if (change.getToState() != State.OPEN) {
            heard.remove(breaker);
        } else if (!heard.containsKey(breaker) && !quiet.contains(breaker)) {
            String mine = OPEN + name + "|" + bulletin.instance();
            bulletin.post(mine, provider.config().breaker().openFor(), CLOSED + name + "|");
        }
    }

    private void read(News news) {
        for (Provider provider : providers) {
            if (!isHeld(provider.breaker())) {
                move(provider, news);
            }
            rest(provider, news.notices());
        }
    }

    /** By an administrator, who counts for more than what other instances think. */
    private static boolean isHeld(CircuitBreaker breaker) {
        State state = breaker.getState();
        return state == State.FORCED_OPEN || state == State.DISABLED;
    }

    private void move(Provider provider, News news) {
        Map<String, Duration> open = open(provider, news);
        if (!open.isEmpty()) {
            follow(provider.breaker(), open, news);
        } else if (news.notices().containsKey(CLOSED + provider.name() + "|")
                && heard.containsKey(provider.breaker())) {
            provider.breaker().transitionToClosedState();
        }
    }

    /** For how long yet, by the instances that opened it. */
    private static Map<String, Duration> open(Provider provider, News news) {
        String told = OPEN + provider.name() + "|";
        Map<String, Duration> open = new HashMap<>();
        news.notices().forEach((notice, still) -> {
            if (notice.startsWith(told)) {
                open.put(notice.substring(told.length()), still);
            }
        });
        return open;
    }

    private void follow(CircuitBreaker breaker, Map<String, Duration> open, News news) {
        String first = open.keySet().stream()
                .filter(news.configurations()::containsKey)
                .min(Comparator.naturalOrder())
                .orElse("");
        Duration still = Collections.max(open.values());
        if (!first.equals(bulletin.instance()) && still.compareTo(OVER) > 0) {
            open(breaker, still.plus(TURN.multipliedBy(news.place() + 1L)));
        }
    }

    private void open(CircuitBreaker breaker, Duration still) {
        long until = time.nanos().getAsLong() + still.toNanos();
        Long known = heard.get(breaker);
        if (known == null || until - known > OVER.toNanos() || breaker.getState() == State.CLOSED) {
            heard.put(breaker, until);
            breaker.transitionToOpenStateFor(still);
        }
    }

    private static void rest(Provider provider, Map<String, Duration> notices) {
        for (KeyRing.Rest why : KeyRing.Rest.values()) {
            for (String key : provider.keys().labels()) {
                Duration rests = notices.get(REST + provider.name() + "/" + key + "|" + why);
                if (rests != null) {
                    provider.keys().rest(key, why, rests);
                }
            }
        }
    }
}
