package dev.penstock.core;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is asked of a model: the caller's own tree where its surface speaks a provider's dialect, and the hub request that
 * any dialect can be written from (made when first needed).
 *
 * <p>Not thread-safe; a request belongs to one event loop at a time.
 */
public final class Asked {

    private final String model;
    private final String dialect;
    private final ObjectNode body;
    private final Set<Need> needs;
    private final boolean stream;
    private final Function<ObjectNode, ChatRequest> translation;
    private @Nullable ChatRequest hub;
    private @Nullable Weight weight;

    private Asked(
            String model,
            String dialect,
            ObjectNode body,
            Set<Need> needs,
            boolean stream,
            Function<ObjectNode, ChatRequest> translation) {
        this.model = model;
        this.dialect = dialect;
        this.body = body;
        this.needs = needs;
        this.stream = stream;
        this.translation = translation;
    }

    /**
     * A request in a dialect that providers speak too.
     *
     * @param dialect the wire name, such as {@code openai}
     * @param translation reads a body into the hub; called at most once for each
     */
    public static Asked in(
            String dialect,
            String model,
            ObjectNode body,
            Set<Need> needs,
            boolean stream,
            Function<ObjectNode, ChatRequest> translation) {
        return new Asked(model, dialect, body, Set.copyOf(needs), stream, translation);
    }

    /** A content request before its prompt is rendered: {@code body} holds the kind's input, {@code model} may be empty. */
    public static Asked content(String model, ObjectNode body, boolean stream) {
        return new Asked(model, "", body, Set.of(), stream, unrendered -> {
            throw new IllegalStateException("a content request has no conversation before RenderPrompt");
        });
    }

    /** The same request with another body of the same dialect, which needs nothing more. */
    public Asked with(ObjectNode other) {
        return new Asked(model, dialect, other, needs, stream, translation);
    }

    /** A conversation that Penstock wrote itself, to be put into whatever dialect the target speaks. */
    public static Asked rendered(String model, ObjectNode body, Set<Need> needs, ChatRequest hub) {
        return new Asked(model, "", body, Set.copyOf(needs), hub.stream(), rendered -> hub);
    }

    /** The same request with another conversation, where Penstock wrote it itself. */
    public Asked with(ChatRequest conversation) {
        return rendered(model, body, needs, conversation);
    }

    /** The name the caller asked for; empty when the route or the kind decides. */
    public String model() {
        return model;
    }

    /** The dialect of {@link #body()} when providers speak it too, else empty. */
    public String dialect() {
        return dialect;
    }

    /** The caller's body. Read it; steps that change it make a copy. */
    public ObjectNode body() {
        return body;
    }

    public Set<Need> needs() {
        return needs;
    }

    public boolean stream() {
        return stream;
    }

    /** The request for other dialects; may throw a {@link GatewayException} that names the field it cannot read. */
    public ChatRequest hub() {
        if (hub == null) {
            hub = translation.apply(body);
        }
        return hub;
    }

    /** What it weighs; walks the request once. */
    public Weight weight() {
        if (weight == null) {
            weight = dialect.isEmpty() ? Weight.of(hub()) : Weight.of(body);
        }
        return weight;
    }

    /** The model asked for, if one was. */
    public Optional<String> namedModel() {
        return model.isEmpty() ? Optional.empty() : Optional.of(model);
    }
}
