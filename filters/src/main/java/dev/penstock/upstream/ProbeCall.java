package dev.penstock.upstream;

import dev.penstock.core.ChatRequest;
import dev.penstock.core.Json;
import dev.penstock.core.Part;
import dev.penstock.core.Turn;
import dev.penstock.core.UpstreamError;
import dev.penstock.core.Usage;
import dev.penstock.credential.Credential;
import dev.penstock.provider.UpstreamRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The smallest call that there is: one word in, at most one token out, written by the provider's dialect. */
final class ProbeCall {

    private static final ChatRequest HELLO =
            ChatRequest.of(List.of(Turn.of(Turn.Role.USER, new Part.Text("Hi"))), null, ChatRequest.Sampling.DEFAULT);
    private static final int LARGEST = 1024 * 1024;

    private ProbeCall() {}

    /** @param usage as the provider tells it; absent where it does not */
    record Told(Probe.Verdict verdict, int status, @Nullable Usage usage) {}

    /** Fails like the transport, and when what came is no answer of the dialect. */
    static Mono<Told> of(Provider provider, Credential key, String model) {
        UpstreamRequest request = provider.dialect().encode(HELLO, model, 1);
        Map<String, String> headers = new HashMap<>(Probe.headers(provider));
        headers.putAll(request.headers());
        headers.put("content-type", "application/json");
        headers.putAll(provider.dialect().credential(key.secret()));
        headers.putAll(provider.config().headers());
        byte[] body = Json.LENIENT_DEPTH.write(request.body());
        return provider.transport()
                .send(
                        new Outgoing(request.path(), headers, request.body(), body),
                        reply -> Collected.of(reply.body(), LARGEST, bytes -> read(provider, reply, bytes)))
                .next();
    }

    private static Told read(Provider provider, Reply reply, byte[] body) {
        if (reply.status() == 200) {
            Usage usage =
                    provider.dialect().facts(Json.LENIENT_DEPTH.read(body)).usage();
            return new Told(Probe.Verdict.GOOD, 200, usage);
        }
        UpstreamError error = provider.dialect().error(reply.status(), reply.headers(), body);
        boolean refused = error.kind() == UpstreamError.Kind.CREDENTIAL;
        return new Told(refused ? Probe.Verdict.REFUSED : Probe.Verdict.UNCLEAR, reply.status(), null);
    }
}
