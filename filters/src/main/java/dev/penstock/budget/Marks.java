package dev.penstock.budget;

import dev.penstock.budget.Ledger.Standing;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Tells once a window that a soft mark of a budget was passed, or all of it spent. Thread-safe. */
final class Marks {

    private static final int WHOLE = 100;

    private final Consumer<Passed> tell;
    private final Map<String, AtomicInteger> told = new ConcurrentHashMap<>();

    Marks(Consumer<Passed> tell) {
        this.tell = tell;
    }

    /** @param mark per cent of the limit; of several that were passed at once, the highest */
    record Passed(Account account, int mark, Standing standing) {}

    /** What was passed before this start was told then. */
    void knows(Account account, Standing standing) {
        told.put(account.key(), new AtomicInteger(mark(account, standing)));
    }

    void look(Account account, Standing standing) {
        int mark = mark(account, standing);
        if (mark == 0) {
            return;
        }
        AtomicInteger last = told.computeIfAbsent(account.key(), key -> new AtomicInteger());
        if (last.get() < mark && last.getAndAccumulate(mark, Math::max) < mark) {
            told.keySet().removeIf(key -> key.startsWith(account.name() + " ") && !key.equals(account.key()));
            tell.accept(new Passed(account, mark, standing));
        }
    }

    private static int mark(Account account, Standing standing) {
        long percent = (long) ((double) standing.spent() * WHOLE / account.limit());
        if (standing.spent() >= account.limit()) {
            return WHOLE;
        }
        int highest = 0;
        for (int each : account.config().soft()) {
            highest = each <= percent ? Math.max(highest, each) : highest;
        }
        return highest;
    }
}
