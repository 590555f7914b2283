package dev.penstock.telemetry;

import io.opentelemetry.context.propagation.TextMapGetter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Reads a caller's trace from its headers. */
enum HeaderGetter implements TextMapGetter<HttpHeaders> {
    INSTANCE;

    @Override
    public Iterable<String> keys(HttpHeaders headers) {
        return headers.headerNames();
    }

    @Override
    public @Nullable String get(@Nullable HttpHeaders headers, String key) {
        return headers == null ? null : headers.getFirst(key);
    }
}
