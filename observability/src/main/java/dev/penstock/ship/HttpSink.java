package dev.penstock.ship;

import dev.penstock.audit.ShipperConfig;
import dev.penstock.audit.ShipperConfig.Type;
import dev.penstock.exchange.AddressGuard;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/** Posts batches. No redirects; unless private addresses are allowed, only a public one is connected to. */
final class HttpSink implements Sink {

    private static final int CONNECT_MILLIS = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int LARGEST_ANSWER = 64 * 1024;
    private static final Set<Integer> LATER = Set.of(408, 425, 429);
    private static final Set<Integer> CONTENT = Set.of(400, 413, 422);

    private final HttpClient anywhere = HttpClient.create(ConnectionProvider.newConnection())
            .followRedirect(false)
            .disableRetry(true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .responseTimeout(PATIENCE);
    private final HttpClient guarded = anywhere.doOnChannelInit(
            (observer, channel, address) -> channel.pipeline().addFirst(new AddressGuard()));

    @Override
    public CompletableFuture<Receipt> send(ShipperConfig shipper, Batch batch) {
        boolean otlp = shipper.type() == Type.OTLP;
        byte[] body = otlp ? OtlpLogs.of(batch.records()) : WebhookBatch.of(batch.records());
        HttpClient client = shipper.allowPrivate() ? anywhere : guarded;
        return client.headers(headers -> {
                    headers.set("user-agent", "penstock");
                    shipper.headers().forEach(headers::set);
                    headers.set("content-type", otlp ? "application/x-protobuf" : "application/json");
                })
                .post()
                .uri(shipper.url().orElseThrow())
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                .response((response, content) -> read(response, content, otlp))
                .next()
                .timeout(PATIENCE.multipliedBy(2))
                .onErrorResume(failure -> Mono.just(new Receipt.Away(reason(failure), Duration.ZERO)))
                .toFuture();
    }

    private static Publisher<Receipt> read(HttpClientResponse response, ByteBufFlux content, boolean otlp) {
        int status = response.status().code();
        if (!otlp || status != 200) {
            return Mono.just(receipt(status, response.responseHeaders().get("retry-after")));
        }
        return content.asByteArray()
                .scan(new ByteArrayOutputStream(), HttpSink::joined)
                .takeUntil(all -> all.size() > LARGEST_ANSWER)
                .last()
                .map(all -> ofAnswer(all.toByteArray()));
    }

    private static ByteArrayOutputStream joined(ByteArrayOutputStream all, byte[] more) {
        all.writeBytes(more);
        return all;
    }

    /** Something else than OTLP's answer, such as a login page, is of somebody who does not have the records. */
    private static Receipt ofAnswer(byte[] answer) {
        OptionalLong refused = answer.length > LARGEST_ANSWER ? OptionalLong.empty() : OtlpAnswer.refused(answer);
        if (refused.isEmpty()) {
            return new Receipt.Away("an answer that is no OTLP", Duration.ZERO);
        }
        return refused.getAsLong() == 0
                ? new Receipt.Taken()
                : new Receipt.Refused("partial success, " + refused.getAsLong() + " records refused", true);
    }

    private static Receipt receipt(int status, @Nullable String retryAfter) {
        if (status / 100 == 2) {
            return new Receipt.Taken();
        }
        String reason = "status " + status;
        return status >= 500 || LATER.contains(status)
                ? new Receipt.Away(reason, pause(retryAfter))
                : new Receipt.Refused(reason, CONTENT.contains(status));
    }

    /** Dates are not read: the sink's clock may be another. */
    private static Duration pause(@Nullable String retryAfter) {
        if (retryAfter == null || !retryAfter.matches("\\d{1,6}")) {
            return Duration.ZERO;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(retryAfter));
        return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
    }

    /** A failure's own words may hold the address. */
    private static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (AddressGuard.REFUSED.equals(cause.getMessage())) {
                return AddressGuard.REFUSED;
            }
        }
        return failure.getClass().getSimpleName();
    }
}
