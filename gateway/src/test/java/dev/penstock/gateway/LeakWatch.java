package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Hears what Netty says of buffers that were lost. Begin it after the application has started, which sets the log up
 * anew. Only as good as the level of Netty's detector, which tests set to {@code paranoid}.
 */
final class LeakWatch {

    private static final int ROUNDS = 5;

    private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

    private LeakWatch() {}

    static LeakWatch begin() {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        LeakWatch watch = new LeakWatch();
        watch.heard.start();
        ((Logger) LoggerFactory.getLogger(ResourceLeakDetector.class)).addAppender(watch.heard);
        return watch;
    }

    /** Netty finds a lost buffer after it was collected, and tells when the next one is made. */
    void verify() {
        for (int round = 0; round < ROUNDS; round++) {
            System.gc();
            PooledByteBufAllocator.DEFAULT.heapBuffer(16).release();
            PooledByteBufAllocator.DEFAULT.directBuffer(16).release();
        }
        List<String> leaks =
                heard.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        assertThat(leaks).as("lost buffers").isEmpty();
    }
}
