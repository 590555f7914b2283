package dev.penstock.surface.chat;

import dev.penstock.core.Chunk;
import dev.penstock.core.Chunk.Mark;
import dev.penstock.core.Json;
import dev.penstock.core.TextKind;
import dev.penstock.core.TextVisitor;
import dev.penstock.exchange.Channel;
import dev.penstock.exchange.Texts;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The texts of chat requests, answers and events; those of one message are {@link MessageTexts}. */
final class ChatTexts implements Texts {

    static final ChatTexts INSTANCE = new ChatTexts();

    private static final List<String> ENVELOPE = List.of("id", "object", "created", "model");
    private static final List<String> TOLD = List.of("content", "refusal", "reasoning_content", "reasoning");

    private ChatTexts() {}

    @Override
    public void asked(ObjectNode body, TextVisitor visitor) {
        int at = 0;
        for (JsonNode message : body.path("messages")) {
            String path = "messages[" + at++ + "]";
            MessageTexts.visit((ObjectNode) message, path, MessageTexts.kind(message), visitor);
        }
        MessageTexts.content(body.path("prediction"), "prediction", TextKind.MESSAGE, visitor);
        descriptions(body.path("tools"), "tools", visitor);
        descriptions(body.path("functions"), "functions", visitor);
    }

    /** Also those of arguments, however deep. */
    private static void descriptions(JsonNode node, String path, TextVisitor visitor) {
        if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                descriptions(list.get(i), path + "[" + i + "]", visitor);
            }
        } else if (node instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                if (name.equals("description") && object.get(name).isString()) {
                    MessageTexts.member(object, name, path, TextKind.TOOL_DESCRIPTION, visitor);
                } else {
                    descriptions(object.get(name), path + "." + name, visitor);
                }
            }
        }
    }

    @Override
    public void answered(ObjectNode body, TextVisitor visitor) {
        int at = 0;
        for (JsonNode choice : body.path("choices")) {
            String path = "choices[" + at++ + "].message";
            if (choice.path("message") instanceof ObjectNode message) {
                Changes changes = new Changes();
                MessageTexts.visit(message, path, TextKind.MESSAGE, changes.seen(visitor));
                changes.hide((ObjectNode) choice);
            }
        }
    }

    /** Log probabilities repeat the text: they go where it was changed. */
    private static final class Changes {

        private boolean any;

        private TextVisitor seen(TextVisitor visitor) {
            return new TextVisitor() {
                @Override
                public String text(TextKind kind, String at, String text) {
                    return told(text, visitor.text(kind, at, text));
                }

                @Override
                public void other(String at, String what) {
                    visitor.other(at, what);
                }

                @Override
                public void unreadable(String at) {
                    visitor.unreadable(at);
                }
            };
        }

        private PieceVisitor seen(PieceVisitor visitor) {
            return (channel, text) -> told(text, visitor.piece(channel, text));
        }

        private String told(String before, String after) {
            any |= before != after;
            return after;
        }

        private void hide(ObjectNode choice) {
            if (any && choice.hasNonNull("logprobs")) {
                choice.putNull("logprobs");
            }
        }
    }

    @Override
    public List<String> documents(ObjectNode answer) {
        return answer.path("choices")
                .valueStream()
                .map(choice -> Json.string(choice.path("message"), "content"))
                .toList();
    }

    @Override
    public boolean isWhole(Chunk event) {
        return false;
    }

    @Override
    public void pieces(JsonNode event, PieceVisitor visitor) {
        for (JsonNode choice : event.path("choices")) {
            int index = choice.path("index").asInt(0);
            if (choice.path("delta") instanceof ObjectNode delta) {
                Changes changes = new Changes();
                DeltaTexts.visit(delta, index, changes.seen(visitor));
                changes.hide((ObjectNode) choice);
            }
            if (choice.hasNonNull("finish_reason")) {
                visitor.ends(index);
            }
        }
    }

    @Override
    public boolean isEmpty(JsonNode event) {
        for (JsonNode choice : event.path("choices")) {
            if (choice.hasNonNull("finish_reason") || choice.hasNonNull("logprobs") || !says(choice.path("delta"))) {
                return false;
            }
        }
        return !event.hasNonNull("usage") && !event.path("choices").isEmpty();
    }

    /** Whether a delta has nothing but texts, all of them empty. */
    private static boolean says(JsonNode delta) {
        for (String name : delta.propertyNames()) {
            JsonNode value = delta.get(name);
            boolean told = TOLD.contains(name)
                    && (value.isNull()
                            || value.isString() && value.stringValue().isEmpty());
            if (!told && !(name.equals("tool_calls") && value.valueStream().allMatch(ChatTexts::isEmptyCall))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEmptyCall(JsonNode call) {
        return !call.hasNonNull("id")
                && !call.path("function").hasNonNull("name")
                && Json.string(call.path("function"), "arguments").isEmpty();
    }

    @Override
    public Chunk piece(JsonNode like, Channel channel, String text) {
        ObjectNode chunk = Json.object();
        ENVELOPE.forEach(name -> {
            if (like.has(name)) {
                chunk.set(name, like.get(name));
            }
        });
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", channel.choice());
        DeltaTexts.write(choice.putObject("delta"), channel, text);
        choice.putNull("finish_reason");
        return Chunk.of("", chunk, Mark.SEMANTIC);
    }
}
