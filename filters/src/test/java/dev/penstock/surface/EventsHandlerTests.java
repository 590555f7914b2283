package dev.penstock.surface;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Chunk;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests for {@link EventsHandler}, on a virtual clock. */
class EventsHandlerTests {

    private static final String BEAT = "d\r\n: heartbeat\n\n\r\n";

    private final EmbeddedChannel channel = channel(true);

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
    }

    @Test
    void aStreamHasTheBytesThatTheCodecWouldWriteInOneBufferForEachEvent() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        EmbeddedChannel bare = channel(false);
        for (EmbeddedChannel each : List.of(channel, bare)) {
            each.writeOutbound(head("text/event-stream;charset=UTF-8"));
        }
        assertThat(written(channel)).as("seed %d", seed).isEqualTo(written(bare));
        for (int i = 0; i < 300; i++) {
            byte[] data = new byte[i < 40 ? i : random.nextInt(1 << random.nextInt(18))];
            random.nextBytes(data);
            Chunk event = new Chunk(random.nextInt(3) == 0 ? "error" : "", data, Chunk.Mark.SEMANTIC);
            channel.writeOutbound(event);
            bare.writeOutbound(Unpooled.wrappedBuffer(FlushedWrite.bytes(event)));
            List<byte[]> ours = buffers(channel);
            assertThat(ours).as("seed %d, %d bytes", seed, data.length).hasSize(1);
            assertThat(ours.get(0)).as("seed %d, %d bytes", seed, data.length).isEqualTo(joined(buffers(bare)));
        }
        for (EmbeddedChannel each : List.of(channel, bare)) {
            each.writeOutbound(LastHttpContent.EMPTY_LAST_CONTENT);
        }
        assertThat(written(channel)).as("seed %d", seed).isEqualTo(written(bare));
        bare.finishAndReleaseAll();
    }

    @Test
    void anAnswerThatIsNoStreamIsTheCodecs() {
        beat(channel, Duration.ofSeconds(4));
        channel.writeOutbound(head("application/json"));
        buffers(channel);
        channel.writeOutbound(Unpooled.wrappedBuffer(new byte[] {'{', '}'}));
        assertThat(buffers(channel)).hasSizeGreaterThan(1);
        pass(60);
        assertThat(written(channel)).isEmpty();
    }

    @Test
    void aHeartbeatIsForTheNextAnswerOnlyAndThatIsNotTheOneThatSaysGoOn() {
        beat(channel, Duration.ofSeconds(4));
        HttpResponse refusal = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_FOUND);
        refusal.headers().set("content-length", 0);
        channel.writeOutbound(refusal);
        request(channel);
        channel.writeOutbound(head("text/event-stream"));
        written(channel);
        pass(60);
        assertThat(written(channel)).isEmpty();
        channel.writeOutbound(LastHttpContent.EMPTY_LAST_CONTENT);
        request(channel);
        beat(channel, Duration.ofSeconds(4));
        channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        channel.writeOutbound(head("text/event-stream"));
        written(channel);
        pass(4);
        assertThat(written(channel)).isEqualTo(BEAT);
    }

    @Test
    void aPauseOfTheLoopIsNotMadeUpForByComments() {
        begin(Duration.ofSeconds(4));
        channel.advanceTimeBy(60, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(written(channel)).isEmpty();
        pass(3);
        assertThat(written(channel)).isEqualTo(BEAT);
    }

    @Test
    void theAnswerAfterAStreamIsTheCodecs() {
        begin(Duration.ofSeconds(15));
        channel.writeOutbound(LastHttpContent.EMPTY_LAST_CONTENT);
        request(channel);
        buffers(channel);
        HttpResponse whole = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        whole.headers().set("content-length", 2);
        channel.writeOutbound(
                whole, Unpooled.wrappedBuffer("{}".getBytes(US_ASCII)), LastHttpContent.EMPTY_LAST_CONTENT);
        assertThat(written(channel)).endsWith("content-length: 2\r\n\r\n{}");
        pass(60);
        assertThat(written(channel)).isEmpty();
    }

    @Test
    void whereNothingTellsChunksAnEventIsWrittenAsItIs() {
        HttpResponse head = head("text/event-stream");
        HttpUtil.setTransferEncodingChunked(head, false);
        channel.writeOutbound(head);
        buffers(channel);
        channel.writeOutbound(new Chunk("", "{}".getBytes(US_ASCII), Chunk.Mark.SEMANTIC));
        assertThat(written(channel)).isEqualTo("data: {}\n\n");
    }

    @Test
    void silenceIsFilledAndEventsAreNot() {
        begin(Duration.ofSeconds(15));
        event("a");
        pass(11);
        assertThat(written(channel)).isEmpty();
        pass(4);
        assertThat(written(channel)).isEqualTo(BEAT);
        pass(15);
        assertThat(written(channel)).isEqualTo(BEAT);
        pass(2);
        event("b");
        pass(11);
        event("c");
        pass(11);
        assertThat(written(channel)).isEmpty();
    }

    @Test
    void noSilenceIsLongerThanThePeriod() {
        begin(Duration.ofSeconds(15));
        pass(1);
        event("just after a part began");
        pass(15);
        assertThat(written(channel)).isEqualTo(BEAT);
    }

    @Test
    void nothingIsSentAfterTheEnd() {
        begin(Duration.ofSeconds(15));
        event("a");
        channel.writeOutbound(LastHttpContent.EMPTY_LAST_CONTENT);
        assertThat(written(channel)).isEqualTo("0\r\n\r\n");
        pass(60);
        assertThat(written(channel)).isEmpty();
    }

    @Test
    void aCallerWithoutRoomGetsNoComments() {
        begin(Duration.ofSeconds(15));
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        pass(60);
        assertThat(written(channel)).isEmpty();
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        pass(4);
        assertThat(written(channel)).isEqualTo(BEAT);
    }

    @Test
    void aConnectionThatIsOverHasNoTimer() {
        begin(Duration.ofSeconds(15));
        channel.pipeline().remove("events");
        assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
    }

    private static EmbeddedChannel channel(boolean ours) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        channel.pipeline().addLast("codec", new HttpServerCodec());
        if (ours) {
            channel.pipeline().addAfter("codec", "events", new EventsHandler("codec"));
        }
        request(channel);
        return channel;
    }

    private static void request(EmbeddedChannel channel) {
        channel.writeInbound(Unpooled.wrappedBuffer("POST / HTTP/1.1\r\ncontent-length: 0\r\n\r\n".getBytes(US_ASCII)));
        channel.releaseInbound();
    }

    private static void beat(EmbeddedChannel channel, Duration every) {
        channel.attr(EventsHandler.HEARTBEAT).set(every);
    }

    private void begin(Duration heartbeat) {
        beat(channel, heartbeat);
        channel.writeOutbound(head("text/event-stream"));
        written(channel);
    }

    private static HttpResponse head(String type) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers().set("content-type", type);
        HttpUtil.setTransferEncodingChunked(head, true);
        return head;
    }

    private void event(String text) {
        channel.writeOutbound(new Chunk("", text.getBytes(US_ASCII), Chunk.Mark.SEMANTIC));
        assertThat(written(channel)).contains(text);
    }

    private void pass(long seconds) {
        for (int i = 0; i < seconds * 4; i++) {
            channel.advanceTimeBy(250, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
    }

    private static List<byte[]> buffers(EmbeddedChannel channel) {
        List<byte[]> buffers = new ArrayList<>();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            if (next.isReadable()) {
                byte[] bytes = new byte[next.readableBytes()];
                next.readBytes(bytes);
                buffers.add(bytes);
            }
            next.release();
        }
        return buffers;
    }

    private static byte[] joined(List<byte[]> buffers) {
        ByteBuf all = Unpooled.buffer();
        buffers.forEach(all::writeBytes);
        byte[] bytes = new byte[all.readableBytes()];
        all.readBytes(bytes);
        return bytes;
    }

    private static String written(EmbeddedChannel channel) {
        return new String(joined(buffers(channel)), US_ASCII);
    }
}
