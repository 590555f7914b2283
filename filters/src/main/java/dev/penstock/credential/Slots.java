package dev.penstock.credential;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The secrets of a ring, to be read while they change. Thread-safe. */
final class Slots {

    private final List<Slot> all = new CopyOnWriteArrayList<>();

    List<Slot> all() {
        return all;
    }

    /** One may be gone between the count and the look. */
    @Nullable
    Slot at(int index) {
        try {
            return all.get(index);
        } catch (IndexOutOfBoundsException gone) {
            return null;
        }
    }

    @Nullable
    Slot of(Credential credential) {
        for (Slot slot : all) {
            if (slot.credential() == credential || slot.credential().equals(credential)) {
                return slot;
            }
        }
        return null;
    }

    List<Slot> active() {
        return all.stream().filter(slot -> slot.state() == KeyState.ACTIVE).toList();
    }

    /** The first of these that is active. */
    @Nullable
    Slot active(Predicate<Slot> which) {
        return active().stream().filter(which).findFirst().orElse(null);
    }

    /** Who goes on for one on trial: the one before; where that only stood in, another good one if there is any. */
    @Nullable
    Slot instead(Slot failed, Predicate<Slot> which, long now) {
        Slot old = failed.before(now);
        if (old == null || !all.contains(old) || !which.test(old)) {
            return null;
        }
        Slot other =
                failed.hadStandIn() ? active(slot -> slot != failed && which.test(slot) && !slot.isRefused(now)) : null;
        return other == null ? old : other;
    }

    void giveUp(Slot failed, Slot back, long now) {
        if (back == failed.before(now)) {
            back.comeBack(now);
        }
        failed.fail(now);
    }

    /** Whether another is left here, and none comes back for one that is not here. */
    boolean spares(Slot failed, Slot back) {
        return all.contains(back) ? all.contains(failed) : active(slot -> slot != failed) != null;
    }

    void mayGo(Predicate<Credential> which) {
        all.stream().filter(slot -> which.test(slot.credential())).forEach(Slot::mayGo);
    }

    /** What both have in use is one, and so is what drains here. */
    Slots successor(List<Credential> chosen, long now) {
        Slots next = new Slots();
        for (Credential credential : chosen) {
            Slot slot = of(credential);
            next.all.add(slot != null && slot.state() == KeyState.ACTIVE ? slot : new Slot(credential, now));
        }
        all.stream()
                .filter(slot -> slot.state() != KeyState.ACTIVE && next.of(slot.credential()) == null)
                .forEach(next.all::add);
        return next;
    }
}
