package dev.penstock.surface.chat;

import dev.penstock.core.Chunk;
import dev.penstock.core.Chunk.Mark;
import dev.penstock.core.Delta;
import dev.penstock.core.Usage;
import dev.penstock.exchange.DeltaWriter;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Writes deltas as {@code chat.completion.chunk}s by the rules of PROVIDERS 13.5; usage waits for the end. */
final class ChatWriter implements DeltaWriter {

    private final ChatHead head;
    private final TreeMap<Integer, ChatChoice> choices = new TreeMap<>();
    private String model = "";
    private @Nullable Usage usage;

    ChatWriter(ChatHead head) {
        this.head = head;
    }

    @Override
    public void write(Delta delta, Consumer<Chunk> chunks) {
        if (delta instanceof Delta.Begin it) {
            model = it.model();
        } else if (delta instanceof Delta.Tokens it) {
            usage = it.usage();
        } else if (delta instanceof Delta.Text it) {
            choice(it.choice()).text("content", it.text(), pen(chunks));
        } else if (delta instanceof Delta.Refusal it) {
            choice(it.choice()).text("refusal", it.text(), pen(chunks));
        } else if (delta instanceof Delta.Logprobs it) {
            choice(it.choice()).logprobs(it.node(), pen(chunks));
        } else {
            writeMore(delta, pen(chunks));
        }
    }

    private void writeMore(Delta delta, ChatChoice.Pen pen) {
        if (delta instanceof Delta.Reasoning it) {
            choice(it.choice()).reasoning(it.text(), pen);
        } else if (delta instanceof Delta.Signature it) {
            choice(it.choice()).signature(it, pen);
        } else if (delta instanceof Delta.ToolStart it) {
            choice(it.choice()).start(it, pen);
        } else if (delta instanceof Delta.ToolArguments it) {
            choice(it.choice()).arguments(it.call(), it.fragment(), pen);
        } else if (delta instanceof Delta.Finish it) {
            choice(it.choice()).finish(it.reason(), pen);
        }
    }

    /** Ends choices whose provider never said why they ended, and tells the usage. */
    @Override
    public void end(Consumer<Chunk> chunks) {
        choices.values().forEach(choice -> choice.end(pen(chunks)));
        if (usage != null) {
            ObjectNode chunk = head.object(ChatSurface.CHUNK, model);
            chunk.putArray("choices");
            chunk.set("usage", ChatUsage.write(usage));
            chunks.accept(Chunk.of("", chunk, Mark.USAGE_ONLY));
        }
    }

    private ChatChoice choice(int index) {
        return choices.computeIfAbsent(index, ChatChoice::new);
    }

    private ChatChoice.Pen pen(Consumer<Chunk> chunks) {
        return (choice, mark) -> {
            ObjectNode chunk = head.object(ChatSurface.CHUNK, model);
            chunk.putArray("choices").add(choice);
            chunks.accept(Chunk.of("", chunk, mark));
        };
    }
}
