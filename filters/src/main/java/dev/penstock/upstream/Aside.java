package dev.penstock.upstream;

import dev.penstock.core.Json;
import dev.penstock.credential.Credential;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Question;
import dev.penstock.exchange.Settings;
import dev.penstock.exchange.SideCalls;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * Side calls over a provider's own connections, within its {@code concurrency}. They neither ask its breaker nor tell it anything: what
 * another endpoint of a provider does says nothing of its models.
 */
final class Aside implements SideCalls {

    private static final int LARGEST = 4 << 20;

    private final Providers providers;

    Aside(Providers providers) {
        this.providers = providers;
    }

    @Override
    public Mono<byte[]> post(LlmExchange exchange, String provider, String path, ObjectNode body, Duration patience) {
        return Mono.defer(() -> {
                    Settings settings = exchange.settings();
                    ProviderConfig config =
                            settings.get(UpstreamSettings.class).providers().get(provider);
                    if (config == null || !config.usable()) {
                        return Mono.<byte[]>error(new Failed("its provider is not enabled"));
                    }
                    return Mono.using(
                            () -> Leave.of(providers.of(provider, settings)),
                            leave -> passed(exchange, leave, Letter.of(path, body), patience),
                            Leave::over);
                })
                .onErrorMap(failure -> told(failure, patience));
    }

    private static Throwable told(Throwable failure, Duration patience) {
        if (failure instanceof Failed) {
            return failure;
        }
        boolean late = failure instanceof TimeoutException;
        return new Failed(late ? "no answer within " + patience.toMillis() + " ms" : "no connection, or a broken one");
    }

    private static Mono<byte[]> passed(LlmExchange exchange, Leave leave, Letter letter, Duration patience) {
        Question question = new Question(
                leave.provider.name(),
                leave.key.map(Credential::id).orElse(""),
                letter.path(),
                Json.string(letter.body(), "model"));
        return exchange.gates()
                .asking(question, letter.bytes())
                .onErrorMap(refused -> new Failed("no durable record of the question"))
                .then(Mono.defer(() -> sent(leave, letter)).timeout(patience));
    }

    private static Mono<byte[]> sent(Leave leave, Letter letter) {
        Map<String, String> headers = new HashMap<>(leave.provider.dialect().headers());
        headers.put("content-type", "application/json");
        headers.put("accept", "application/json");
        headers.put("user-agent", "penstock");
        leave.key.ifPresent(key -> headers.putAll(leave.provider.dialect().credential(key.secret())));
        headers.putAll(leave.provider.config().headers());
        return leave.provider
                .transport()
                .send(
                        new Outgoing(letter.path(), headers, letter.body(), letter.bytes()),
                        reply -> answer(leave, reply))
                .next();
    }

    private static Mono<byte[]> answer(Leave leave, Reply reply) {
        if (reply.status() != 200) {
            leave.refused = reply.status() == 401 || reply.status() == 403;
            reply.abort().run();
            return Mono.error(new Failed("status " + reply.status()));
        }
        return Collected.of(reply.body(), LARGEST, bytes -> bytes);
    }

    private record Letter(String path, ObjectNode body, byte[] bytes) {

        private static Letter of(String path, ObjectNode body) {
            return new Letter(path, body, Json.LENIENT_DEPTH.write(body));
        }
    }

    /** One request's place and key; given back once. */
    private static final class Leave {

        private final Provider provider;
        private final Optional<Credential> key;
        private volatile boolean refused;

        private Leave(Provider provider, Optional<Credential> key) {
            this.provider = provider;
            this.key = key;
        }

        private static Leave of(Provider provider) {
            Optional<Credential> key = provider.needsKey() ? provider.keys().next() : Optional.empty();
            if (provider.needsKey() && key.isEmpty()) {
                throw new Failed("its provider has no key that can be used now");
            }
            if (!provider.permits().take()) {
                throw new Failed("its provider has as many requests as it may");
            }
            key.ifPresent(provider.keys()::leaves);
            return new Leave(provider, key);
        }

        private void over() {
            provider.permits().give();
            key.ifPresent(it -> provider.keys().back(it, refused));
        }
    }
}
