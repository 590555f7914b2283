package dev.penstock.upstream;

import dev.penstock.provider.DecodeException;
import java.io.IOException;
import reactor.netty.channel.AbortedException;

/** What the network says when it breaks, in the words of this folder. */
final class Wire {

    private Wire() {}

    /** Netty lets some parsing mistakes out as they are, such as a chunk size that is no number. */
    static Throwable told(Throwable failure) {
        if (failure instanceof AbortedException) {
            return new IOException("the connection was closed while the request was sent");
        }
        boolean unreadable =
                failure instanceof IllegalArgumentException || failure instanceof IndexOutOfBoundsException;
        return unreadable ? new DecodeException("the answer is not HTTP") : failure;
    }
}
