package dev.penstock.keys;

import dev.penstock.exchange.SecurityEvent;
import dev.penstock.store.register.Registers;
import dev.penstock.testing.Folders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** All that a test of callers' keys needs, on registers of its own. */
final class KeyRoom {

    final List<SecurityEvent> events = new CopyOnWriteArrayList<>();
    final KeyStore store;
    final KeyDesk desk;
    final LastUse uses;
    final Callers callers;

    KeyRoom(Registers registers, DataPort port, Clock clock) {
        this(registers, port, clock, Duration.ofMillis(500));
    }

    /** @param patience with a store that does not answer */
    KeyRoom(Registers registers, DataPort port, Clock clock, Duration patience) {
        Pepper pepper = Pepper.of("a pepper of this test".getBytes(StandardCharsets.UTF_8));
        store = new KeyStore(registers.named("keys", Agreement::of), pepper, patience, clock);
        uses = new LastUse(registers.named("key-use"), clock);
        desk = new KeyDesk(registers.named("keys"), pepper, uses, clock);
        callers = new Callers(port, store, uses, events::add, clock);
    }

    /** Callers of declared keys only. */
    static Callers declared(DataPort port) {
        return new KeyRoom(Registers.in(Folders.make("keys")), port, Clock.systemUTC()).callers;
    }
}
