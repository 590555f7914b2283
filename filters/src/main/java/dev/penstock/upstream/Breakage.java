package dev.penstock.upstream;

import dev.penstock.exchange.Attempt.Reason;
import dev.penstock.exchange.PassedOver;
import dev.penstock.provider.DecodeException;
import dev.penstock.provider.StreamFailure;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.resolver.dns.DnsErrorCauseException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;
import tools.jackson.core.JacksonException;

/** Turns whatever broke a call into the reason that is told. */
final class Breakage {

    private Breakage() {}

    /**
     * An {@link AttemptFailed} for what the provider or the network did; the caller's mistakes and our own stay what they are.
     * {@code status} is the one that had come, or 0.
     */
    static Throwable of(Throwable failure, int status) {
        if (failure instanceof StreamFailure told) {
            return AttemptFailed.told(told.error());
        }
        if (failure instanceof PassedOver over) {
            return AttemptFailed.passedOver(over);
        }
        Reason reason = reasonOf(failure, status);
        return reason == null ? failure : AttemptFailed.of(reason, status);
    }

    private static @Nullable Reason reasonOf(Throwable failure, int status) {
        if (failure instanceof Expired expired) {
            return expired.reason();
        }
        if (failure instanceof ConnectTimeoutException || failure instanceof PoolAcquireTimeoutException) {
            return Reason.CONNECT_TIMEOUT;
        }
        if (isUnreachable(failure)) {
            return Reason.UNREACHABLE;
        }
        if (isUnreadable(failure)) {
            return Reason.INVALID;
        }
        if (failure instanceof PrematureChannelClosureException) {
            return Reason.RESET;
        }
        if (failure instanceof PrematureCloseException && status != 0) {
            return Reason.TRUNCATED;
        }
        return failure instanceof IOException ? Reason.RESET : null;
    }

    private static boolean isUnreachable(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof NoRouteToHostException
                || failure instanceof UnknownHostException
                || failure instanceof DnsErrorCauseException
                || failure instanceof SSLException
                || failure instanceof PoolAcquirePendingLimitException;
    }

    private static boolean isUnreadable(Throwable failure) {
        return failure instanceof DecodeException
                || failure instanceof JacksonException
                || failure instanceof DecoderException;
    }
}
