package dev.penstock.gateway.direct;

import java.security.Principal;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.http.codec.multipart.Part;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;

/**
 * A request, its response and its attributes. Spring's own also gets ready for forms, sessions and users, which calls of models have
 * none of.
 */
final class DirectExchange implements ServerWebExchange {

    private final ServerHttpRequest request;
    private final ServerHttpResponse response;
    private final Map<String, Object> attributes;

    DirectExchange(ServerHttpRequest request, ServerHttpResponse response, Map<String, Object> attributes) {
        this.request = request;
        this.response = response;
        this.attributes = new ConcurrentHashMap<>(attributes);
    }

    @Override
    public ServerHttpRequest getRequest() {
        return request;
    }

    @Override
    public ServerHttpResponse getResponse() {
        return response;
    }

    @Override
    public Map<String, Object> getAttributes() {
        return attributes;
    }

    @Override
    public Mono<WebSession> getSession() {
        return Mono.empty();
    }

    @Override
    public <T extends Principal> Mono<T> getPrincipal() {
        return Mono.empty();
    }

    @Override
    public Mono<MultiValueMap<String, String>> getFormData() {
        return Mono.empty();
    }

    @Override
    public Mono<MultiValueMap<String, Part>> getMultipartData() {
        return Mono.empty();
    }

    @Override
    public LocaleContext getLocaleContext() {
        return () -> null;
    }

    @Override
    public @Nullable ApplicationContext getApplicationContext() {
        return null;
    }

    @Override
    public boolean isNotModified() {
        return false;
    }

    @Override
    public boolean checkNotModified(Instant lastModified) {
        return false;
    }

    @Override
    public boolean checkNotModified(String etag) {
        return false;
    }

    @Override
    public boolean checkNotModified(@Nullable String etag, Instant lastModified) {
        return false;
    }

    @Override
    public String transformUrl(String url) {
        return url;
    }

    @Override
    public void addUrlTransformer(Function<String, String> transformer) {
        throw new UnsupportedOperationException("a model's call has no links");
    }

    @Override
    public String getLogPrefix() {
        return "[" + request.getId() + "] ";
    }
}
