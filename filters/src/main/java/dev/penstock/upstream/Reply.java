package dev.penstock.upstream;

import io.netty.buffer.ByteBuf;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * The head of an answer, with its body to come.
 *
 * @param type the content type, if one was told
 * @param coding the content coding, if one was told
 * @param all every header, with lower-case names; made for those who ask
 * @param body to be read once or given up by {@code abort}; cancelling it closes the connection. It fails as the network says: {@link Wire}
 */
record Reply(
        int status,
        @Nullable String type,
        @Nullable String coding,
        Supplier<Map<String, String>> all,
        Flux<ByteBuf> body,
        Runnable abort) {

    Map<String, String> headers() {
        return all.get();
    }

    /** Whether it can be no stream of events, whatever its bytes are: a page, or bytes in a coding that was not asked for. */
    boolean isForeign() {
        boolean page = type != null && (type.contains("html") || type.contains("xml"));
        return page || coding != null && !coding.equalsIgnoreCase("identity");
    }

    boolean isJson() {
        return type != null && type.contains("json");
    }
}
